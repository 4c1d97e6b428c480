"""The events of an import while it runs: in a file, so that memory does not grow with them."""

from collections.abc import Iterator
from contextlib import ExitStack

import msgspec

from tui.importing.registry import Fields
from tui.importing.wholes import Wholes
from tui.importing.writing import Fresh, TableWriter

_DECODE = msgspec.json.Decoder(dict[str, object])


class Waiting:
    """Events come first as rows are read, and stand last in a dossier.

    Those that may be part of others wait a second time: what they name may come only later.
    """

    def __init__(self, stack: ExitStack, target: str, force: bool, wholes: Wholes | None) -> None:
        self._laid_out = stack.enter_context(Fresh(target, force))
        self._as_read = stack.enter_context(Fresh(target, force)) if wholes else None
        self._wholes = wholes
        self._table = TableWriter(self._laid_out.file)
        self._table.begin("events")

    def add(self, event: Fields) -> None:
        """Take the next event."""
        if self._wholes and self._as_read:
            self._wholes.add(event)
            self._as_read.file.write(msgspec.json.encode(event) + b"\n")
        else:
            self._table.add(event)

    def end(self) -> None:
        """Settle what is part of what; no more events come."""
        if self._wholes and self._as_read:
            self._wholes.settle()
            self._as_read.file.seek(0)
            for line in self._as_read.file:
                event = _DECODE.decode(line)
                self._wholes.apply(event)
                self._table.add(event)
        self._table.end()

    def blocks(self) -> Iterator[bytes]:
        """What a dossier ends with: the table of events, from its name, and the last brace."""
        self._laid_out.file.seek(len(b"{\n"))
        while chunk := self._laid_out.file.read(1 << 20):
            yield chunk
