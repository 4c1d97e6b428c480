"""Keys of the reader's own, from the config file."""

from pathlib import Path

import pytest

from tests.explorer.conftest import Explore
from tui.explorer.key_map import Keymap, declared_keys, read_keymap
from tui.files import StoreError
from tui.folders import config_path


@pytest.fixture
def config(tmp_path: Path) -> Path:
    return tmp_path / "config.toml"


@pytest.mark.parametrize(
    ("toml", "says"),
    [
        ("[keys", "not TOML"),
        ("\xff", "not TOML"),
        ("[colours]\na = 1", "colours: no such table; there is [keys]"),
        ("keys = 5", "a table of ids and keys"),
        ('[keys]\n"explorer.find" = 5', "explorer.find: name a key"),
        ('[keys]\n"explorer.find" = []', "explorer.find: name a key"),
        ('[keys]\n"explorer.find" = "crtl+f"', "explorer.find: name a key"),
        ('[keys]\n"explorer.find" = "findkey"', "explorer.find: name a key"),
        ('[keys]\n"explorer.find" = "\\u001b"', "explorer.find: name a key"),
        ('[keys]\n"explorer.find" = "v"', "explorer.find: explorer.group has that key"),
        ('[keys]\n"explorer.find" = "ctrl+f"', "explorer.find: explorer.filter has that key"),
        ('[keys]\n"explorer.find" = "+"', "explorer.find: page.wider has that key"),
        ('[keys]\n"explorer.find" = "0"', "explorer.find: timeline.fit has that key"),
        ('[keys]\n"explorer.find" = "?"', "explorer.find: app.help has that key"),
        ('[keys]\n"page.hint" = "j"', "page.hint: page.down has that key"),
        ('[keys]\n"explorer.find" = "f"', "explorer.find: page.hint has that key"),
        ('[keys]\n"explorer.find" = "x"\n"app.quit" = "x"', "has that key"),
    ],
)
def test_what_is_wrong_is_one_line(config: Path, toml: str, says: str) -> None:
    config.write_bytes(toml.encode("latin-1"))
    with pytest.raises(StoreError) as error:
        read_keymap(str(config))
    assert says in str(error.value)
    assert str(error.value).startswith(f"{config}: ")
    assert "\n" not in str(error.value)
    assert "\x1b" not in str(error.value)


def test_a_number_that_python_does_not_read_is_one_line(config: Path) -> None:
    config.write_text(f"x = {'9' * 5000}")
    with pytest.raises(StoreError, match="not TOML"):
        read_keymap(str(config))


def test_a_file_that_is_none_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no such file"):
        read_keymap(str(tmp_path / "none.toml"))
    with pytest.raises(StoreError, match="not a regular file"):
        read_keymap(str(tmp_path))


def test_every_binding_has_an_id_of_its_own_and_keys_may_swap(config: Path) -> None:
    ids = [id_ for id_, _ in declared_keys()]
    assert len(ids) == len(set(ids)) > 80
    config.write_text('[keys]\n"explorer.sort" = "v"\n"explorer.group" = ["s", "F6"]\n', "utf-8")
    assert read_keymap(str(config))[:2] == ({"explorer.sort": "v", "explorer.group": "s,f6"}, ())
    config.write_text("", "utf-8")
    assert read_keymap(str(config))[:2] == ({}, ())


@pytest.mark.parametrize("id_", ["explorer.fnd", "\\u001b]0;x"])
async def test_an_id_that_there_is_not_is_a_warning(
    explore: Explore, config: Path, id_: str
) -> None:
    config.write_text(f'[keys]\n"{id_}" = "u"\n"list.down" = "u"\n', "utf-8")
    keymap = read_keymap(str(config))
    assert keymap.keys == {"list.down": "u"}
    (warning,) = keymap.warnings
    assert "no such id" in warning
    assert ("nearest: explorer.find" in warning) == (id_ == "explorer.fnd")
    assert "\x1b" not in warning
    async with explore(120, 40, keymap=keymap) as seen:
        assert any("no such id" in words for words in seen.said)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("о", "j"), ("п", "g"), ("П", "G"), ("м", "v"), (".", "slash"), ("е", "t"), ("ü", "w")],
)
async def test_a_key_acts_by_its_place_where_its_letter_is_bound_to_nothing(
    explore: Explore, typed: str, meant: str
) -> None:
    async with explore() as seen:
        await seen.press("2", typed)
        there = seen.text
    async with explore() as seen:
        await seen.press("2", meant)
        assert seen.text == there


async def test_letters_of_other_keyboards_are_typed_as_they_are(explore: Explore) -> None:
    async with explore() as seen:
        await seen.press("slash", *"тби")
        assert "/ тби" in seen.text


async def test_the_readers_keys_work_and_are_shown(explore: Explore) -> None:
    keymap = {"explorer.find": "ctrl+g", "explorer.group": "slash", "list.down": "x"}
    async with explore(keymap=Keymap(keymap)) as seen:
        before = seen.screen.state.current
        assert "Ctrl+G find" in seen.text
        await seen.press("2", "x")
        assert seen.screen.state.current != before
        await seen.press("slash", "t")
        assert seen.screen.state.facet == "type"
        await seen.press("ctrl+g", *"qebele", "enter")
        assert seen.current == "gabala-summit-2025"
        await seen.press("question_mark")
        shown = next(line for line in seen.text.splitlines() if "Look something up" in line)
        assert "Ctrl+G" in shown


def test_the_config_file_is_where_the_platform_keeps_it(
    monkeypatch: pytest.MonkeyPatch, home: Path
) -> None:
    assert config_path() == str(home / "config" / "summitry" / "config.toml")
    monkeypatch.setenv("SUMMITRY_CONFIG", "/elsewhere.toml")
    assert config_path() == "/elsewhere.toml"


async def test_help_shows_the_ids_where_there_is_room(explore: Explore) -> None:
    async with explore(120, 60) as seen:
        await seen.press("question_mark")
        shown = [
            line.rstrip(" │▐").split()[-1] for line in seen.text.splitlines() if "explorer." in line
        ]
        assert "explorer.history-forward" in shown
        assert len(shown) == len(set(shown)) > 25
    async with explore(80, 60) as seen:
        await seen.press("question_mark")
        assert "explorer." not in seen.text
        assert "Look something up" in seen.text
