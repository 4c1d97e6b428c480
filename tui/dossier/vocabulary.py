"""The vocabulary of format 1: the words that types, instruments, steps and claims may have."""

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
CLAIM_KINDS = ("fact", "statement", "assessment")

#: What the events can be listed by, and what a list of its values is called.
FACETS = {
    "region": "Regions",
    "type": "Types",
    "year": "Years",
    "actor": "Actors",
    "place": "Places",
    "tag": "Tags",
}
#: The value of every facet under which all events stand.
ALL = ""
