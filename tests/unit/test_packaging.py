"""What Summitry is made of, and depends on."""

import re
import tomllib

import pytest

from tests.support import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
EXTRAS = PROJECT["optional-dependencies"].items()
WANTED = [*PROJECT["dependencies"], *(each for _, extra in EXTRAS for each in extra)]


def test_few_libraries_are_needed() -> None:
    assert len(PROJECT["dependencies"]) <= 8


@pytest.mark.parametrize("wanted", WANTED)
def test_every_library_has_bounds(wanted: str) -> None:
    assert re.fullmatch(r"[a-z-]+(\[[a-z]+\])?>=[0-9.]+,<[0-9]+", wanted)
