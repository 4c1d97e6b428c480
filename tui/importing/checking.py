"""What can be checked of a mapping before its file is opened."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from tui.dossier import safe_text, vocabulary
from tui.files import StoreError
from tui.importing.lookup import RowError, Words
from tui.importing.templates import names_columns
from tui.importing.when import Dates

if TYPE_CHECKING:
    from tui.importing.mapping import Mapping

_PLAIN = (
    "id", "title", "date", "type", "place", "text", "at", "tags", "summary", "instrument",
    "part_of", "aliases",
)  # fmt: skip


def check(mapping: "Mapping") -> None:
    """Check the templates of a mapping, its forms of dates and its words; raises StoreError."""
    for where, template in _templates(mapping):
        names_columns(template, where)
    if not mapping.event.date.strip():
        raise StoreError("event.date: no template; name the column of the date")
    for index, part in enumerate(mapping.event.participants):
        where = f"event.participants[{index}].type"
        if not names_columns(part.type, where) and part.type not in vocabulary.ACTOR_TYPES:
            raise StoreError(
                f"{where}: {safe_text.clean_line(part.type)[:60]!r} is none of "
                f"{', '.join(vocabulary.ACTOR_TYPES)}"
            )
    actions = Words(mapping.actions, vocabulary.ACTIONS, "actions", "")
    for index, step in enumerate(mapping.event.steps):
        where = f"event.steps[{index}].action"
        try:
            if not names_columns(step.action, where):
                actions.find(step.action)
        except RowError as error:
            known = ", ".join(vocabulary.ACTIONS)
            raise StoreError(f"{where}: {error}, or write one of {known}") from None
    Dates(mapping.date_formats)


def _templates(mapping: "Mapping") -> Iterator[tuple[str, str]]:
    """Every template with the key it stands at."""
    event, place = mapping.event, mapping.place
    for name in _PLAIN:
        yield f"event.{name}", getattr(event, name)
    yield "event.region", event.region if isinstance(event.region, str) else event.region.name
    for index, part in enumerate(event.participants):
        for name in ("name", "role", "type", "country"):
            yield f"event.participants[{index}].{name}", getattr(part, name)
    for index, step in enumerate(event.steps):
        yield f"event.steps[{index}].action", step.action
        yield f"event.steps[{index}].date", step.date
    for label, template in event.facts.items():
        yield f"event.facts.{safe_text.clean_line(label)}", template
    if place:
        for name in ("country", "lat", "lon"):
            yield f"place.{name}", getattr(place, name)
