"""`summitry cite`."""

import json

import pytest

from tests.support import SMALL, summitry


def cite(*arguments: str) -> tuple[int, str, str]:
    done = summitry("cite", *arguments, "--store", str(SMALL))
    return done.returncode, done.stdout, done.stderr


def test_sources_and_the_sources_of_records_each_once() -> None:
    status, out, _ = cite("lodz-accord-2025")
    assert status == 0
    notes = out.splitlines()
    _, both, _ = cite("lodz-accord-2025", "lodz-accord-2025")
    assert both == out
    _, one, _ = cite("atlas-2020")
    assert len(one.splitlines()) == 1
    assert len(notes) > 1


@pytest.mark.parametrize("style", ["note", "bibliography", "bibtex", "csl-json", "ris"])
def test_every_style_gives_something(style: str) -> None:
    status, out, err = cite("atlas-2020", "--style", style)
    assert (status, err) == (0, "")
    assert "tlas" in out
    if style == "csl-json":
        assert len(json.loads(out)) == 1


def test_what_cites_nothing_or_is_unknown_is_said() -> None:
    status, out, err = cite("suva")
    assert (status, out) == (1, "")
    assert "cites no source" in err
    status, _, err = cite("nobody-knows")
    assert status == 1
    assert "no such record" in err
    assert cite("suva", "--style", "apa")[0] == 2
