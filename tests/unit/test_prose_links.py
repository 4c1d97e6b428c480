"""Links in prose: found, split off, and read as plain words."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.dossier.prose_links import link_ids, parse_links, plain


@pytest.mark.parametrize(
    ("text", "segments"),
    [
        ("", ()),
        ("plain", (("plain", None),)),
        ("[[a-1]]", (("a-1", "a-1"),)),
        ("[[a|b c]]", (("b c", "a"),)),
        ("at [[b|Baku]], [[x]]", (("at ", None), ("Baku", "b"), (", ", None), ("x", "x"))),
        ("[[a]][[b]]", (("a", "a"), ("b", "b"))),
        ("[[[a]]]", (("[", None), ("a", "a"), ("]", None))),
        ("[[a| ]]", (("a", "a"),)),
        ("[[a|x|y]]", (("x|y", "a"),)),
        ("[[a]", (("[[a]", None),)),
        ("[a]", (("[a]", None),)),
        ("[[]]", (("[[]]", None),)),
        ("[[a|]]", (("[[a|]]", None),)),
        ("[[A]]", (("[[A]]", None),)),
        ("[[a b]]", (("[[a b]]", None),)),
        ("[[a|b[c]]", (("[[a|b[c]]", None),)),
        ("[[a|b]c]]", (("[[a|b]c]]", None),)),
        ("[[a\n]]", (("[[a\n]]", None),)),
        ("[[" + "a" * 80 + "]]", (("a" * 80, "a" * 80),)),
        ("[[" + "a" * 81 + "]]", (("[[" + "a" * 81 + "]]", None),)),
        ("[sic] [/x] [@click=app.quit]", (("[sic] [/x] [@click=app.quit]", None),)),
    ],
    ids=ascii,
)  # fmt: skip
def test_parse_links(text: str, segments: tuple[tuple[str, str | None], ...]) -> None:
    assert parse_links(text) == segments


def test_link_ids_and_plain() -> None:
    text = "[[b]] met [[a|the leader]] and [[b|again]] in [[c]]; [[no"
    assert link_ids(text) == ("b", "a", "c")
    assert plain(text, str.upper) == "B met the leader and again in C; [[no"
    assert link_ids("none") == ()
    assert plain("none", str.upper) == "none"


bracketed = st.lists(
    st.sampled_from(["[[", "]]", "[", "]", "|", "a", "b-1", " ", "ə\n", "A", "[[a]]", "[[b|c d]]"]),
    max_size=30,
).map("".join)


@given(bracketed)
def test_segments_add_up(text: str) -> None:
    segments = parse_links(text)
    shown = "".join(f"<{i}>" if t == i else t for t, i in segments)
    assert shown == plain(text, "<{}>".format)
    rest = text  # each segment accounts for the next stretch of the text
    for words_, link in segments:
        assert words_
        blank = rest.partition("]]")[0].rpartition("|")[2]
        forms = [f"[[{link}|{words_}]]", f"[[{link}]]", f"[[{link}|{blank}]]"]
        form = next(f for f in (forms if link else [words_]) if rest.startswith(f))
        rest = rest[len(form) :]
    assert not rest
    assert all(i in text for i in link_ids(text))
    for (_, one), (_, other) in pairwise(segments):
        assert one is not None or other is not None  # plain pieces are never split


@pytest.mark.parametrize(
    "hostile",
    [
        "[[" * 100_000,
        "[[a|" * 100_000,
        "[[a|" + "x" * 1_000_000,
        "[[" + "a" * 1_000_000,
        "[[a|b]" * 100_000,
        "]]" * 100_000,
        "[[a|" + " ]" * 300_000,
    ],
    ids=lambda text: text[:6],
)
def test_what_is_never_closed_is_plain_text_however_long(hostile: str) -> None:
    # Reading any part of it twice would take time that is quadratic in its length: minutes.
    assert parse_links(hostile) == ((hostile, None),)
