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
FACETS = ("region", "type", "year", "actor", "place", "tag")
