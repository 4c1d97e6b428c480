"""Fixtures for every test; each test has a home of its own, so nothing of the user is touched."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.support import SHIPPED, SMALL, Fields, write
from tui.dossier.dossier import Dossier


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The cache of all tests, so that a dossier which several of them read is indexed once."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(autouse=True)
def home(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch, cache: Path
) -> Path:
    """An empty home but for the cache, and none of the user's settings."""
    folder = tmp_path_factory.mktemp("home")
    for name in list(os.environ):
        if name.startswith(("SUMMITRY_", "TEXTUAL", "XDG_")) or name in (
            "NO_COLOR", "FORCE_COLOR", "COLUMNS", "LINES", "PYTHONSTARTUP",
        ):  # fmt: skip
            monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(folder))
    monkeypatch.setenv("XDG_CACHE_HOME", str(cache))
    for name in ("CONFIG", "DATA", "STATE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(folder / name.lower()))
    return folder


@pytest.fixture
def opened() -> Iterator[Callable[[Path], Dossier]]:
    """Opens dossiers and closes them after the test."""
    dossiers: list[Dossier] = []

    def open_(path: Path) -> Dossier:
        dossiers.append(Dossier.open(path))
        return dossiers[-1]

    yield open_
    for dossier in dossiers:
        dossier.close()


@pytest.fixture
def made(opened: Callable[[Path], Dossier], tmp_path: Path) -> Callable[[Fields], Dossier]:
    """Opens a dossier made from a dict."""
    return lambda value: opened(write(tmp_path / "made.json", value))


@pytest.fixture
def small(opened: Callable[[Path], Dossier]) -> Dossier:
    """The small fixed dossier."""
    return opened(SMALL)


@pytest.fixture
def shipped(opened: Callable[[Path], Dossier]) -> Dossier:
    """The dossier that ships with Summitry."""
    return opened(SHIPPED)
