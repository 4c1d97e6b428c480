"""The JSON Schema (2020-12) of format 1, for editors and for validators.

Made from the records themselves, so the two cannot part; what structs cannot say (vocabulary,
dates, what each field means, what a claim or an agreement must have) is added here. What needs
the whole file, such as references, only `check` can say.
"""

import json
from typing import Any

import msgspec

from tui.dossier import records, vocabulary

Schema = dict[str, Any]

# [0-9], as \d is any script's digits in some dialects.
_MONTH, _DAY = "(?:0[1-9]|1[0-2])", "(?:0[1-9]|[12][0-9]|3[01])"
_POINT = f"(?!0000)[0-9]{{4}}(?:-(?:2[1-4]|{_MONTH}(?:-{_DAY})?))?[~?%]?"
_EDTF = rf"^(?:{_POINT}(?:/(?:\.\.|{_POINT})?)?|(?:\.\.)?/{_POINT})$"

_VOCABULARY: dict[str, dict[str, tuple[str, ...]]] = {
    "Event": {"type": vocabulary.EVENT_TYPES, "instrument": vocabulary.INSTRUMENTS},
    "Step": {"action": vocabulary.ACTIONS},
    "Claim": {"kind": vocabulary.CLAIM_KINDS},
    "Actor": {"type": vocabulary.ACTOR_TYPES},
    "Source": {"type": vocabulary.SOURCE_TYPES, "read": vocabulary.EXTENTS},
}

_ALIASES = "Other names and spellings, in any script; a search finds them."
_PROSE = "Plain prose; [[id]] or [[id|shown words]] links another record."

#: The meaning of each field, by record and field; of those that several records share, under "".
MEANINGS: dict[str, dict[str, str]] = {
    "": {
        "id": "Lower-case letters, digits and hyphens, unique over the whole dossier.",
        "name": "The usual English name.",
        "aliases": _ALIASES,
        "cites": "Where it was read; at least one.",
        "summary": f"A sentence or two that judge nothing. {_PROSE}",
    },
    "Overview": {
        "format": "The version of this format.",
        "title": "What the dossier is called.",
        "subject": "The country it is about, ISO 3166-1 alpha-2.",
        "summary": "What it covers, and from where.",
        "as_of": "The day it stands at, as an EDTF date.",
        "language": "The language it is written in, BCP 47.",
        "licence": "The licence of its text, SPDX.",
    },
    "Region": {"countries": "The countries in it, ISO 3166-1 alpha-2."},
    "Role": {
        "title": "The office, such as President of Azerbaijan.",
        "date": "When it was or is held, as an EDTF date.",
    },
    "Actor": {
        "type": "What kind of actor.",
        "country": "The actor's country, ISO 3166-1 alpha-2.",
        "roles": "Offices held, with dates where they are known.",
    },
    "Place": {
        "country": "The country it is in, ISO 3166-1 alpha-2.",
        "lat": "Latitude, WGS 84, decimal degrees.",
        "lon": "Longitude, WGS 84, decimal degrees.",
    },
    "Source": {
        "title": "The title as printed, or a description: see described.",
        "date": "When it was published, as an EDTF date.",
        "language": "The language it is written in, BCP 47.",
        "type": "What kind of document.",
        "publisher": "Who published it.",
        "author": "Who wrote it.",
        "url": "Its address, from https:// or http://.",
        "accessed": "The day it was read, as an EDTF date.",
        "country": "The publisher's country, ISO 3166-1 alpha-2.",
        "note": "What a reader should know of it, such as: state news agency.",
        "described": "True where the title is a description, as the printed one is not known.",
        "read": "How much of it was read.",
    },
    "Cite": {
        "source": "The id of a source.",
        "at": "Where in the source: section and paragraph, or page.",
    },
    "Claim": {
        "kind": "A fact is stated plainly; a statement or an assessment is someone's.",
        "text": f"One sentence or a short paragraph. {_PROSE}",
        "by": "The id of the actor or source that says it; required unless a fact.",
        "about": "What it gives a value of; claims about one thing with other values disagree.",
        "value": "The value that this claim's source gives.",
    },
    "Participant": {
        "actor": "The id of an actor.",
        "role": "The part it took, such as signatory, host or witness.",
    },
    "Relation": {
        "event": "The id of another event.",
        "as": "How it relates: follows, implements, replaces…",
    },
    "Step": {
        "action": "What was done; what has not happened is not listed.",
        "date": "When, as an EDTF date.",
    },
    "Event": {
        "id": "As for any record, with a year at the end: washington-summit-2025.",
        "type": "What kind of event.",
        "title": "What it is called.",
        "date": "When, as an EDTF date, no more precise than what was recorded.",
        "regions": "The ids of the partner regions; taken from the whole where a part names none.",
        "place": "The id of a place.",
        "participants": "Who took part.",
        "part_of": "The id of the event that this one came out of.",
        "related": "Other events this one relates to.",
        "tags": "Words to group by.",
        "instrument": "What kind of document an agreement is.",
        "steps": "The life of an agreement, in the order of the dates.",
        "facts": "Anything else worth a row on the page: a label and its value.",
        "claims": "The body: what is recorded, and who says what.",
    },
}  # fmt: skip


def schema() -> Schema:
    """The JSON Schema of format 1."""
    kinds = (records.Overview, *records.TABLES.values())
    _, defined = msgspec.json.schema_components(kinds, ref_template="#/$defs/{name}")
    for name, record in defined.items():
        _complete(name, record)
    _demand(defined)
    tables = {table: _table(kind.__name__) for table, kind in records.TABLES.items()}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"Summitry dossier, format {records.FORMAT}",
        "description": "A TinyDB file: one object per table, documents under whole numbers.",
        "type": "object",
        "required": ["meta", "events"],
        "properties": {
            "meta": _table("Overview") | {"minProperties": 1, "maxProperties": 1},
            **tables,
        },
        "additionalProperties": {"type": "object", "additionalProperties": {"type": "object"}},
        "$defs": defined,
    }


def as_json() -> str:
    """The schema as a file."""
    return json.dumps(schema(), indent=2, ensure_ascii=True) + "\n"


def _table(name: str) -> Schema:
    """A table of one kind of record, under the numbers TinyDB gives them."""
    return {
        "type": "object",
        "patternProperties": {"^[0-9]+$": {"$ref": f"#/$defs/{name}"}},
        "additionalProperties": False,
    }


def _complete(name: str, record: Schema) -> None:
    """Add to a record's schema the meaning, words and date patterns that structs do not hold."""
    record["description"] = record["description"].replace("``", "")
    record["additionalProperties"] = True
    meaning = MEANINGS[""] | MEANINGS.get(name, {})
    allowed = _VOCABULARY.get(name, {})
    for field, value in record["properties"].items():
        value.pop("default", None)  # what is left out is not recorded: nothing to fill in
        for part in _parts(value):
            if "pattern" in part:  # Python's \Z is unknown elsewhere
                part["pattern"] = part["pattern"].replace(r"\Z", "$")
            if part.get("description", "").startswith("EDTF"):
                part["pattern"] = _EDTF
            part.pop("description", None)
            if field in allowed and part.get("type") == "string":
                part["enum"] = list(allowed[field])
        # First, as editors show them.
        record["properties"][field] = {"description": meaning[field], **value}


def _parts(value: Schema) -> list[Schema]:
    """A field's own schema, its alternatives, and that of its items."""
    alternatives: list[Schema] = value.get("anyOf", [])
    parts = [value, *alternatives]
    items = [part["items"] for part in parts if "items" in part]
    return parts + [item for item in items if "$ref" not in item]


def _demand(defined: dict[str, Schema]) -> None:
    """Add the demands of `check` that a schema can make as well."""
    overview = defined["Overview"]["properties"]
    overview["format"] |= {"const": records.FORMAT}
    defined["Source"]["properties"]["url"]["anyOf"][0]["pattern"] = "^https?://"
    for name in ("Claim", "Step"):
        defined[name]["properties"]["cites"]["minItems"] = 1
        defined[name]["required"] += ["cites"]
    some = {"type": "string"}
    defined["Claim"] |= {
        "if": {"properties": {"kind": {"const": "fact"}}},
        "else": {"required": ["by"], "properties": {"by": some}},
        "dependentSchemas": {
            "about": {
                "if": {"properties": {"about": some}},
                "then": {"required": ["value"], "properties": {"value": {"not": {"type": "null"}}}},
            }
        },
    }
    defined["Event"] |= {
        "if": {"required": ["type"], "properties": {"type": {"const": "agreement"}}},
        "then": {
            "required": ["instrument", "steps"],
            "properties": {"instrument": some, "steps": {"minItems": 1}},
        },
        "else": {
            "properties": {"instrument": {"type": "null"}, "steps": {"maxItems": 0}},
        },
    }
