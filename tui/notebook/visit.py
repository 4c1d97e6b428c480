"""What a dossier held when the reader left it last, and what is new or changed since then."""

import time
from base64 import b64decode, b64encode
from collections.abc import Mapping
from struct import error, iter_unpack, pack
from typing import Any, NamedTuple
from zlib import crc32

#: A record takes eight bytes: a checksum of its id, and the digest of what it says.
_RECORD = ">II"


class Visit(NamedTuple):
    """The day of a visit (yyyy-mm-dd), the state of the file then, and the digests of its records.

    The digests are packed and in base64; `file` tells one state of a file from another.
    """

    day: str
    file: str
    digests: str

    @classmethod
    def now(cls, file: str, digests: Mapping[str, int]) -> "Visit":
        """A visit today, to a file with these digests by the ids of its records."""
        packed = b"".join(pack(_RECORD, crc32(id_.encode()), of) for id_, of in digests.items())
        return cls(time.strftime("%Y-%m-%d"), file, b64encode(packed).decode())

    @classmethod
    def of(cls, document: Mapping[str, Any]) -> "Visit | None":
        """The visit that a document of the notebook tells of; None if it is not of our making."""
        from tui.dossier import dates

        fields = [document.get(name) for name in cls._fields]
        if not all(isinstance(field, str) for field in fields):
            return None
        visit = cls._make(fields)
        try:
            dates.parse(visit.day)
        except dates.DateError:
            return None
        return visit

    def news(self, digests: Mapping[str, int]) -> "News":
        """What of the records with these digests is new, or was another."""
        try:
            packed = b64decode(self.digests, validate=True)
            known = dict(iter_unpack(_RECORD, packed))
        except (ValueError, error):  # not as it was written
            return News((), (), self.day)
        before = {id_: known.get(crc32(id_.encode())) for id_ in digests}
        new = tuple(id_ for id_, of in before.items() if of is None)
        changed = tuple(id_ for id_, of in before.items() if of not in (None, digests[id_]))
        return News(new, changed, self.day)


class News(NamedTuple):
    """The ids of records that are new or changed since a day."""

    new: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    since: str = ""

    @property
    def ids(self) -> tuple[str, ...]:
        """All of them."""
        return self.new + self.changed

    def __str__(self) -> str:
        from tui.dossier import dates

        counts = ((len(self.new), "new"), (len(self.changed), "changed"))
        told = ", ".join(f"{count:,} {what}" for count, what in counts if count)
        return f"{told} since {dates.show(dates.parse(self.since))}" if told else ""
