"""The words of format 1 (types, instruments, steps, claims), and those that queries know."""

EVENT_TYPES = (
    "summit",
    "visit",
    "meeting",
    "agreement",
    "initiative",
    "chairmanship",
    "decision",
    "conflict",
    "milestone",
)
INSTRUMENTS = (
    "treaty",
    "declaration",
    "memorandum",
    "protocol",
    "joint-statement",
    "contract",
    "charter",
    "package",
)
ACTIONS = (
    "announced",
    "initialled",
    "signed",
    "ratified",
    "in-force",
    "amended",
    "suspended",
    "ended",
)
ACTOR_TYPES = ("person", "state", "organisation", "company")
SOURCE_TYPES = ("article", "official", "news", "dataset", "reference")
#: How much of a source was read.
EXTENTS = ("whole", "excerpt")
CLAIM_KINDS = ("fact", "statement", "assessment")
#: The kinds of records, that first which a wrong id is likely to mean.
RECORD_KINDS = ("actor", "region", "place", "event", "source")
#: What `type:` can ask for beside the types of events.
OTHER_TYPES = (*RECORD_KINDS, *ACTOR_TYPES, *SOURCE_TYPES, *INSTRUMENTS)

#: What the events can be listed by, and what a list of its values is called.
FACETS = {
    "region": "Regions",
    "type": "Types",
    "year": "Years",
    "actor": "Actors",
    "place": "Places",
    "tag": "Tags",
}
#: The facets whose values stand in the order of their totals, the greatest first.
BY_TOTAL = ("actor", "place", "tag")
#: The value of every facet under which all events stand.
ALL = ""

_SILENT = """
a about an and are as at be been between by did do does during for from had has have how in into is
it its many much of on or said say says since that the their there these this those to was were
what whats when where which who whom whos whose why with ile ve и в о на с
"""
#: Words that say nothing about what is looked for: beside others they are passed over.
SILENT = frozenset(_SILENT.split())
#: Words that people use for those of a dossier, which are looked for as well.
SYNONYMS = {
    "accord": "agreement", "agree": "agreement", "agreed": "agreement", "deal": "agreement",
    "pact": "agreement", "mou": "memorandum", "understanding": "memorandum", "sign": "signed",
    "meet": "meeting", "met": "meeting", "talks": "meeting", "trip": "visit", "visited": "visit",
    "british": "britain", "chinese": "china", "french": "france", "german": "germany",
    "turkish": "turkey",
}  # fmt: skip
#: What an event can be, beside what stands under a facet: `is:planned`.
STATES = ("planned", "disputed", "single-source", "marked", "noted", "new")
#: The orders in which what was found can be listed.
SORTS = ("best", "newest", "oldest")


def counted(number: int, what: str = "event") -> str:
    """So many of `what`, in words."""
    return f"{number:,} {what}{'s' * (number != 1)}"
