"""The shipped dossier: whole, cited, attributed, in our own words."""

import json
import re
import unicodedata
from collections.abc import Iterator
from typing import Any

import pytest
from tinydb import TinyDB

from tests.support import SHARED, SHIPPED, SMALL, Fields
from tui.dossier import prose_links, store, vocabulary

ARTICLE = SHARED / "article.txt"
RUN = 9
TABLES = ("regions", "actors", "places", "sources", "events")


@pytest.fixture(scope="module")
def data() -> dict[str, list[Fields]]:
    raw = json.loads(SHIPPED.read_text(encoding="utf-8"))
    return {name: list(documents.values()) for name, documents in raw.items()}


@pytest.fixture(scope="module")
def ids(data: dict[str, list[Fields]]) -> dict[str, str]:
    return {record["id"]: name for name in TABLES for record in data[name]}


def claims(data: dict[str, list[Fields]]) -> Iterator[tuple[str, Fields]]:
    for event in data["events"]:
        for position, claim in enumerate(event["claims"]):
            yield f"{event['id']} claims[{position}]", claim


def test_every_record_is_valid() -> None:
    problems: list[store.Refused] = []
    store.load_bytes(SHIPPED.read_bytes(), str(SHIPPED), problems.append)
    assert problems == []


@pytest.mark.parametrize("path", [SHIPPED, SMALL], ids=lambda path: path.name)
def test_the_file_is_laid_out_as_tinydb_would_write_it(path: Any) -> None:
    written = path.read_text(encoding="utf-8")
    laid_out = json.dumps(json.loads(written), indent=2, ensure_ascii=False, sort_keys=False)
    assert written == laid_out + "\n"


def test_tinydb_opens_it(data: dict[str, list[Fields]]) -> None:
    with TinyDB(SHIPPED, access_mode="r", encoding="utf-8") as database:
        assert database.tables() == {"meta", *TABLES}
        assert len(database.table("events")) == len(data["events"])


def test_every_reference_resolves(data: dict[str, list[Fields]], ids: dict[str, str]) -> None:
    wanted = []
    for event in data["events"]:
        wanted += [(event["id"], region, {"regions"}) for region in event["regions"]]
        wanted += [
            (event["id"], taking["actor"], {"actors"}) for taking in event.get("participants", ())
        ]
        wanted += [
            (event["id"], relation["event"], {"events"}) for relation in event.get("related", ())
        ]
        wanted += [
            (event["id"], event[field], {table})
            for field, table in (("place", "places"), ("part_of", "events"))
            if event.get(field)
        ]
        for cited in (*event["claims"], *event.get("steps", ())):
            wanted += [(event["id"], cite["source"], {"sources"}) for cite in cited["cites"]]
    wanted += [
        (at, claim["by"], {"actors", "sources"}) for at, claim in claims(data) if claim.get("by")
    ]
    dangling = [(at, id_) for at, id_, tables in wanted if ids.get(id_) not in tables]
    assert dangling == []


def test_every_link_in_prose_resolves(data: dict[str, list[Fields]], ids: dict[str, str]) -> None:
    prose = [
        (record["id"], record["summary"])
        for name in TABLES
        for record in data[name]
        if record.get("summary")
    ]
    prose += [(at, claim["text"]) for at, claim in claims(data)]
    prose += [("meta", data["meta"][0]["summary"])]
    assert [
        (at, id_) for at, value in prose for id_ in prose_links.link_ids(value) if id_ not in ids
    ] == []
    assert [at for at, value in prose if "[[" in prose_links.plain(value, str)] == [], (
        "unreadable links"
    )


def test_ids_are_unique(data: dict[str, list[Fields]], ids: dict[str, str]) -> None:
    assert len(ids) == sum(len(data[name]) for name in TABLES)


def test_the_id_of_an_event_ends_with_its_year(data: dict[str, list[Fields]]) -> None:
    assert [e["id"] for e in data["events"] if not re.search(r"-[12]\d{3}\Z", e["id"])] == []


def test_parts_do_not_loop(data: dict[str, list[Fields]]) -> None:
    whole = {event["id"]: event.get("part_of") for event in data["events"]}
    for start in whole:
        seen, at = set(), start
        while at:
            assert at not in seen, f"{start} is part of itself"
            seen.add(at)
            at = whole[at]


def test_every_claim_and_step_is_cited_with_a_locator(data: dict[str, list[Fields]]) -> None:
    cited = list(claims(data))
    cited += [(event["id"], step) for event in data["events"] for step in event.get("steps", ())]
    assert [at for at, item in cited if not item["cites"]] == []
    assert [at for at, item in cited for cite in item["cites"] if not cite["at"].strip()] == []


def test_whatever_is_no_fact_is_attributed(data: dict[str, list[Fields]]) -> None:
    assert [
        at for at, claim in claims(data) if claim["kind"] != "fact" and not claim.get("by")
    ] == []
    assert {claim["kind"] for _, claim in claims(data)} == {"fact", "statement", "assessment"}


JUDGING = re.compile(
    r"\b(watershed|landmark|historic(?!al)|pivotal|turning point|breakthrough|middle[ -]power"
    r"|unprecedented|triumph\w*|remarkabl\w+|brotherly|visionary)\b",
    re.IGNORECASE,
)


def test_facts_and_summaries_do_not_judge(data: dict[str, list[Fields]]) -> None:
    neutral = [(at, claim["text"]) for at, claim in claims(data) if claim["kind"] == "fact"]
    neutral += [(event["id"], event["summary"]) for event in data["events"]]
    assert [(at, found[0]) for at, value in neutral if (found := JUDGING.search(value))] == []


def test_every_event_has_a_claim_and_every_agreement_its_steps(
    data: dict[str, list[Fields]],
) -> None:
    assert [event["id"] for event in data["events"] if not event["claims"]] == []
    agreements = [event for event in data["events"] if event["type"] == "agreement"]
    assert [event["id"] for event in agreements if not event.get("instrument")] == []
    assert [event["id"] for event in agreements if not event.get("steps")] == []


@pytest.mark.parametrize(
    ("table", "field", "allowed"),
    [
        ("events", "type", vocabulary.EVENT_TYPES),
        ("events", "instrument", (*vocabulary.INSTRUMENTS, None)),
        ("actors", "type", vocabulary.ACTOR_TYPES),
        ("sources", "type", vocabulary.SOURCE_TYPES),
    ],
)
def test_the_vocabulary_is_kept(
    data: dict[str, list[Fields]], table: str, field: str, allowed: tuple[str | None, ...]
) -> None:
    assert {record.get(field) for record in data[table]} <= set(allowed)


def test_steps_are_known_and_in_order(data: dict[str, list[Fields]]) -> None:
    for event in data["events"]:
        actions = [vocabulary.ACTIONS.index(step["action"]) for step in event.get("steps", ())]
        assert actions == sorted(actions), event["id"]


def test_what_the_article_reports_has_records_of_its_own(ids: dict[str, str]) -> None:
    wanted = """
        44-day-war-2020 belt-and-road-2013 cica-chairmanship-2024 epc-summit-copenhagen-2025
        joint-declaration-2025 middle-corridor-2014 multimodal-transport-agreement-2025
        ots-summit-gabala-2025 russia sco-summit-tianjin-2025 sharm-el-sheikh-summit-2025
        socar-exxonmobil-memorandum-2025 state-visit-beijing-2025 tripp-2025
        turkic-strategic-foresight-network-2025 visit-kazakhstan-2025 washington-summit-2025
    """
    assert [id_ for id_ in wanted.split() if id_ not in ids] == []


# -- our own words


def plain_words(value: str) -> list[str]:
    value = unicodedata.normalize("NFKC", value).replace("’", "'").lower()
    return re.findall(r"[^\W_]+(?:'[^\W_]+)*", value)


def runs(value: str) -> set[tuple[str, ...]]:
    found = plain_words(value)
    return {tuple(found[i : i + RUN]) for i in range(len(found) - RUN + 1)}


def prose(data: dict[str, list[Fields]]) -> Iterator[tuple[str, str]]:
    """What is written here: summaries, claims, titles, notes; links are read as their words."""
    names = {r["id"]: r.get("name") or r["title"] for name in TABLES for r in data[name]}

    def read(value: str) -> str:
        return prose_links.plain(value, lambda id_: names.get(id_, id_))

    for name in TABLES:
        for record in data[name]:
            for field in ("summary", "note"):
                yield f"{record['id']} {field}", read(record.get(field) or "")
    for event in data["events"]:
        yield f"{event['id']} title", event["title"]
        for label, value in event.get("facts", {}).items():
            yield f"{event['id']} facts", f"{label} {value}"
    for at, claim in claims(data):
        yield at, read(claim["text"])


@pytest.mark.skipif(
    not ARTICLE.exists(), reason="the founding article is not beside the repository"
)
def test_no_run_of_nine_words_is_the_articles(data: dict[str, list[Fields]]) -> None:
    theirs = runs(ARTICLE.read_text(encoding="utf-8"))
    assert theirs
    # A long proper name is nobody's sentence.
    named = [r.get("name") or r["title"] for name in TABLES for r in data[name]]
    ours = set().union(*map(runs, named)) if named else set()
    shared = [
        (at, " ".join(run)) for at, value in prose(data) for run in runs(value) & theirs - ours
    ]
    assert shared == []
