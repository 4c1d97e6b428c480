"""What an entry of a calendar says of its event: all that is recorded, in plain words.

Groups of lines with an empty line between them: when and what, the steps, the claims with their
voice, who took part, the facts, what else the event stands under, and the sources, which the
numbers in brackets name. The words of a voice are those of the page.
"""

from collections.abc import Iterable, Iterator

from tui.dossier import dates, prose_links, safe_text
from tui.dossier.dossier import Dossier, Row
from tui.dossier.records import Cite, Claim, Event
from tui.page import NOT_RECORDED, citation


def description(dossier: Dossier, row: Row, event: Event) -> str:
    """The text for an event and its row."""
    notes = _Notes()
    what = [prose_links.plain(event.summary, dossier.label)] if event.summary else []
    groups = (
        [_shown(event.date), *what],
        [
            f"{step.action.replace('-', ' ')}: {_shown(step.date)}{notes.of(step.cites)}"
            for step in event.steps
        ],
        [_said(dossier, claim) + notes.of(claim.cites) for claim in event.claims],
        [
            f"– {dossier.label(taking.actor)}{f' ({taking.role})' if taking.role else ''}"
            for taking in event.participants
        ],
        [f"{label}: {value}" for label, value in event.facts.items()],
        list(_filed_under(dossier, row, event)),
        list(notes.lines(dossier)),
    )
    return "\n\n".join("\n".join(lines) for lines in groups if lines)


def voice(dossier: Dossier, claim: Claim) -> str:
    """Whose a claim is: ``stated by Ilham Aliyev``; "" for a fact, which is nobody's."""
    if claim.kind == "fact":
        return ""
    if not claim.by:
        return f"said by: {NOT_RECORDED}"
    verb = "stated by" if claim.kind == "statement" else "as read by"
    source = dossier.source(claim.by)
    if source is None:
        return f"{verb} {dossier.label(claim.by)}"
    return f"{verb} {source.publisher or source.title}, {_shown(source.date)}"


def _said(dossier: Dossier, claim: Claim) -> str:
    """A claim with what it gives a value for, without which a disagreement would not show."""
    valued = f"{claim.about or 'value'}: {claim.value}" if claim.value is not None else ""
    asides = (valued or claim.about, voice(dossier, claim))
    return prose_links.plain(claim.text, dossier.label) + "".join(
        f" ({said})" for said in asides if said
    )


def _filed_under(dossier: Dossier, row: Row, event: Event) -> Iterator[str]:
    """A line each for the other names, the kind of document, the regions and other events."""
    if event.aliases:
        yield f"also: {' · '.join(event.aliases)}"
    if event.instrument:
        yield f"instrument: {event.instrument.replace('-', ' ')}"
    if row.regions:
        yield f"regions: {' · '.join(map(dossier.label, row.regions))}"
    if event.part_of:
        yield f"part of: {dossier.label(event.part_of)}"
    for relation in event.related:
        how = (relation.kind or "related").replace("-", " ")
        yield f"{how}: {dossier.label(relation.event)}"


class _Notes:
    """The citations of one event, numbered as they are met."""

    def __init__(self) -> None:
        self.numbers: dict[Cite, int] = {}

    def of(self, cites: Iterable[Cite]) -> str:
        """What stands after the words that are cited so: `` [1] [2]``."""
        found = (self.numbers.setdefault(cite, len(self.numbers) + 1) for cite in cites)
        return "".join(f" [{number}]" for number in found)

    def lines(self, dossier: Dossier) -> Iterator[str]:
        """The citations, a line each, with the address where it may be opened."""
        for cite, number in self.numbers.items():
            source = dossier.source(cite.source)
            if source is None:
                said = f"{cite.source} (no such source){f', {cite.at}' if cite.at else ''}"
            else:
                said = citation(source, cite.at)
                said += f" {source.url}" if source.url and safe_text.safe_url(source.url) else ""
            yield f"[{number}] {said}"


def _shown(edtf: str) -> str:
    return dates.show(dates.parse(edtf))
