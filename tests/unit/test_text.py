"""Text from strangers: cleaning, folding, marking, links and addresses."""

import re
import subprocess
import sys
import time
import unicodedata
from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tui.dossier import text as module
from tui.dossier.text import (
    MARKS_IN_A_ROW,
    REPLACEMENT,
    ascii_only,
    clean,
    clean_line,
    fold,
    link_ids,
    mark_spans,
    parse_links,
    plain,
    safe_url,
    words,
)

EVERY = [chr(code) for code in range(sys.maxunicode + 1)]
anything = st.text(st.characters(codec=None), max_size=60)
"""Any code points at all, lone surrogates too."""
nasty = st.text(
    "ab Z9\t\n\r'’-–.½ßəİıéйиёکوაﬁㄱㅏ가か\u0301\u0306\u0308\u0323\u3099\u302e\U0001d165"
    "\u0344\u0958\u200b\u200c\u200d\u202e\ufe0f\x1b\x85\ud800\u1fef\U000e0041👨",
    max_size=60,
)
prose = anything | nasty

# Format characters that are seen: they enclose or extend the digits that follow.
VISIBLE_FORMAT = set(
    "\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd"
) | {chr(code) for code in range(0x13430, 0x13460)}


def forbidden(char: str) -> bool:
    """The rule of design.md section 7, from the character's category rather than from ranges."""
    if char in "\n\u200c\u200d" or char in VISIBLE_FORMAT:
        return False
    return (
        unicodedata.category(char) in ("Cc", "Cf", "Cs", "Zl", "Zp")
        or ord(char) & 0xFFFE == 0xFFFE
        or 0xFDD0 <= ord(char) <= 0xFDEF
        or 0xE0000 <= ord(char) <= 0xE0FFF
    )


def is_mark(char: str) -> bool:
    return unicodedata.category(char) in ("Mn", "Me") or unicodedata.combining(char) != 0


def seconds(act: Callable[[], object]) -> float:
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


# --- cleaning -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("raw", "cleaned"),
    [
        ("", ""),
        ("plain", "plain"),
        ("two\nlines", "two\nlines"),
        ("a\tb", "a b"),
        ("a\r\nb\rc\n\rd", "a\nb\nc\n\nd"),
        ("\x1b[31mred", "�[31mred"),
        ("a\x00b\x7fc\x9bd\x85e", "a�b�c�d�e"),
        ("user\u202egpj.exe", "user�gpj.exe"),
        ("\u2066x\u2069\u200e\u200f\u061c", "�x����"),
        ("a\u200bb\ufeffc\u2060d\xade", "a�b�c�d�e"),
        ("a\u2028b\u2029c", "a�b�c"),
        ("\U000e0041\U000e0100\U000e007f", "���"),
        ("\ufff9a\ufffab\ufffb", "�a�b�"),
        ("\ud800x\udfff", "�x�"),
        ("\ufdd0\ufffe\uffff\U0001ffff\U0010fffe", "�����"),
        ("\u115f\u3164\uffa0\u180e\u034f", "�����"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("👨\u200d👩\u200d👧 ❤\ufe0f", "👨\u200d👩\u200d👧 ❤\ufe0f"),
        ("Əliyev e\u0301 – “Bakı”", "Əliyev é – “Bakı”"),
        ("\u2126\u212b", "ΩÅ"),
        ("x\xa0y", "x\xa0y"),
        ("प्रधानमंत्री", "प्रधानमंत्री"),
        ("Việt Nam", "Việt Nam"),
    ],
)
def test_clean(raw: str, cleaned: str) -> None:
    assert clean(raw) == cleaned
    assert clean_line(raw) == cleaned.replace("\n", " ")


def test_clean_text_is_returned_as_it_is() -> None:
    for text in ("Joint Declaration", "İlham Əliyev – Bakı", "Лавров", "საქართველო", "日本"):
        assert clean(text) is text


def test_clean_every_character() -> None:
    for char in EVERY:
        got = clean(char)
        if char == "\t":
            assert got == " "
        elif char == "\r":
            assert got == "\n"
        elif forbidden(char):
            assert got == REPLACEMENT, ascii(char)
        elif got == REPLACEMENT != char:  # invisible letters and what nothing defines
            category = unicodedata.category(char)
            assert category == "Cn" or char in "\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0"
        else:
            assert got == unicodedata.normalize("NFC", char), ascii(char)


def test_the_quick_look_misses_nothing() -> None:
    # Were the first pattern to miss a mark or a composing character, clean() would return early.
    suspect, unsafe, run = map(re.compile, (module._SUSPECT, module._REPLACED, module._RUN))
    for char in EVERY:
        if is_mark(char) and not unsafe.match(char):
            assert run.match(char * 5), ascii(char)
        if is_mark(char) or unsafe.match(char) or not unicodedata.is_normalized("NFC", char):
            assert suspect.match(char), ascii(char)
        both = unicodedata.decomposition(char).split()
        if len(both) == 2 and not both[0].startswith("<"):
            assert suspect.match(chr(int(both[1], 16))) or suspect.match(char), ascii(char)
    assert suspect.match("\u1161")  # Hangul parts compose by rule, not by table
    assert suspect.match("\u11a8")


@given(prose)
@example("\u0958" * 5)
@example("a" + "\u0344" * 4)
def test_clean_is_safe_and_settled(raw: str) -> None:
    got = clean(raw)
    assert not any(map(forbidden, got))
    assert clean(got) == got
    assert unicodedata.is_normalized("NFC", got)
    got.encode()
    assert "\n" not in clean_line(raw)
    assert clean_line(raw) == clean_line(clean_line(raw))
    run = 0
    for char in got:
        run = run + 1 if is_mark(char) or char in "\u200c\u200d" else 0
        assert run <= MARKS_IN_A_ROW


def test_marks_are_capped() -> None:
    assert clean("z" + "\u0335" * 4) == "z" + "\u0335" * 4
    assert clean("z" + "\u0335" * 5 + "y") == "z" + "\u0335" * 4 + REPLACEMENT + "y"
    assert len(clean("H" + "\u0335\u0322\u0489" * 1000)) < 8
    assert clean(("e" + "\u0335" * 3) * 50) == ("e" + "\u0335" * 3) * 50


@pytest.mark.parametrize(
    "hostile",
    [
        "a" + "\u0301\u0323" * 200_000,
        "\u302e\U0001d165" * 200_000,
        "\u0344" * 200_000,
        "\u200d\u0301" * 200_000,
        "\x1b" * 400_000,
    ],
    ids=lambda text: ascii(text[:3]),
)
def test_clean_is_linear(hostile: str) -> None:
    assert seconds(lambda: clean(hostile)) < 2


def test_clean_is_fast_on_clean_prose() -> None:
    text = "Azərbaycan Respublikasının Prezidenti – İlham Əliyev.\n" * 2000
    clean(text)
    assert min(seconds(lambda: clean(text)) for _ in range(5)) < 0.01


# --- folding ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("", ""),
        ("  Joint   Declaration ", "joint declaration"),
        ("Qəbələ", "qebele"),
        ("Əliyev İlham ILHAM ılıq", "eliyev ilham ilham iliq"),
        ("Şuşa Çovdar Gəncə Ağdam Göygöl Üçtəpə", "susa covdar gence agdam goygol uctepe"),
        ("Łódź Ørsted Đặng Þór guðni", "lodz orsted dang thor gudni"),
        ("Æon Œuvre Straße STRASSE ẞ", "aeon oeuvre strasse strasse ss"),
        ("ħ ŧ ŋ ɓ ɗ ɣ ĸ ſ ŉ ƶ ɵ ƣ ʒ ƀ ȼ ⱥ ꜳ", "h t n b d g k s n z o g z b c a aa"),
        ("ﬁn ＦＵＬＬ m² № ½ Ⅷ", "fin full m2 no 1 2 viii"),
        ("Xi'an Xi’an Xiʼan Xi`an Xi´an Xi′an", "xian xian xian xian xian xian"),
        ("Oʻzbekiston O‘zbek ʿAlī", "ozbekiston ozbek ali"),
        ("Nagorno-Karabakh a‐b‑c–d—e−f", "nagorno karabakh a b c d e f"),
        ("C5+1, “3+3”; (x/y)_z & 50%…", "c5 1 3 3 x y z 50"),
        ("Сергей Лавров, ЁЛКА, йод, Їжак, Ўзбек", "сергей лавров елка йод їжак ўзбек"),
        ("и\u0306од а\u0301", "йод а"),
        ("საქართველო ᲡᲐᲥᲐᲠᲗᲕᲔᲚᲝ", "საქართველო საქართველო"),
        ("Հայաստան և ԵՎ Ինչո՞ւ", "հայաստան եւ եվ ինչու"),
        ("Ὀδυσσεύς ΆΈ", "οδυσσευσ αε"),
        ("日本、中国", "日本 中国"),
        ("می\u200cخواهم", "میخواهم"),
        ("e\u0301 é", "e e"),
        ("a\ufffdb\nc\td", "a b c d"),
        ("!?…«»", ""),
    ],
)  # fmt: skip
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded
    assert words(text) == folded.split()


@pytest.mark.parametrize(
    "name", ["Əliyev", "Nikol Paşinyan", "Qəbələ – Gabala", "Лавров й", "və ’ b"]
)
def test_fold_of_long_text_is_that_of_its_parts(name: str) -> None:
    assert fold(f"{name} " * 100) == f"{fold(name)} " * 99 + fold(name)


def test_fold_of_long_text_with_very_many_letters() -> None:
    text = " ".join(char for char in map(chr, range(0xC0, 0x250)) if char.isalpha()) * 3
    assert fold(text) == " ".join(fold(char) for char in text.split())
    assert fold("ö é " * 80 + "и\u0306") == "o e " * 80 + "й"


def test_fold_every_character() -> None:
    for char in EVERY:
        if unicodedata.category(char) not in ("Cn", "Co"):
            folded = fold(char)
            assert fold(folded) == folded, ascii(char)
            assert not folded or folded == " ".join(folded.split(" ")), ascii(char)
            assert not folded.isascii() or folded.replace(" ", "x").isalnum() or not folded


def test_latin_letters_become_plain() -> None:
    left = [
        char
        for char in EVERY
        if unicodedata.name(char, "").startswith(("LATIN SMALL LETTER ", "LATIN CAPITAL LETTER "))
        and ord(char) < 0x250
        and not fold(char).isascii()
    ]
    assert set(left) <= set("ƄƅƍƛƧƨƼƽƾƪȜȝƸƹƺɁɂ"), left  # tones, clicks, a glottal stop


@given(prose)
def test_fold_is_settled_and_single_spaced(raw: str) -> None:
    text = clean(raw)
    folded = fold(text)
    assert fold(folded) == folded
    assert folded == " ".join(folded.split(" ")).strip()
    assert not any(char.isspace() and char != " " for char in folded)
    assert "  " not in folded
    assert fold(text.upper()) == fold(text.lower()) or not text.isascii()
    assert " ".join(words(text)) == folded


@given(prose, st.text("abc é’-", max_size=9))
def test_a_long_text_folds_like_a_short_one(raw: str, filler: str) -> None:
    text = clean(raw)
    long = f"{text} " + f"{filler} " * 100
    expected = " ".join([fold(text), *[fold(filler)] * 100]).split()
    assert fold(clean(long)).split() == expected


def test_the_table_is_bounded() -> None:
    for start in range(0x3000, 0xD000, 4096):
        fold("".join(EVERY[start : start + 4096]))
    assert len(module._table) == module._TABLE_SIZE
    assert fold("Əliyev") == "eliyev"


# --- marking ------------------------------------------------------------------------------------


def marked(text: str, *terms: str) -> list[str]:
    return [text[start:end] for start, end in mark_spans(text, terms)]


@pytest.mark.parametrize(
    ("text", "terms", "found"),
    [
        ("Qəbələ Summit in Qəbələ", ["qebele"], ["Qəbələ", "Qəbələ"]),
        ("Nagorno-Karabakh", ["kar"], ["Karabakh"]),
        ("Straßenbau, große", ["strass"], ["Straßenbau"]),
        ("the people’s and Xi'an", ["xian", "peoples"], ["people’s", "Xi'an"]),
        ("‘Xi'an’ 'x'", ["x"], ["Xi'an", "x"]),
        ("re-signed, signing, resign", ["sign"], ["signed", "signing"]),
        ("e\u0301te\u0301 fini", ["ete"], ["e\u0301te\u0301"]),
        ("½ cup", ["1", "2"], ["½"]),
        ("a½b", ["2b"], ["½b"]),
        ("a½b", ["a1", "2b"], ["a½b"]),
        ("Лавров", ["лав"], ["Лавров"]),
        ("a b", [], []),
        ("a b", [""], []),
        ("", ["a"], []),
    ],
)
def test_mark_spans(text: str, terms: list[str], found: list[str]) -> None:
    assert marked(text, *terms) == found


def test_mark_spans_are_offsets() -> None:
    assert mark_spans("«Əliyev» – Aliyev", ["eliyev", "aliyev"]) == [(1, 7), (11, 17)]
    assert mark_spans("signed", iter(["sig"])) == [(0, 6)]


@given(prose, st.lists(st.text("abez19и ", max_size=3).map(fold), max_size=3))
def test_spans_are_in_order_and_in_bounds(raw: str, terms: list[str]) -> None:
    text = clean(raw)
    at = 0
    for start, end in mark_spans(text, terms):
        assert at <= start < end <= len(text)
        at = end
        assert any(word.startswith(tuple(filter(None, terms))) for word in words(text[start:end]))


@given(prose)
@example("ㄱㅏ")
@example("〪'゙")
def test_every_word_can_be_marked(raw: str) -> None:
    text = clean(raw)
    for word in words(text):
        assert mark_spans(text, [word])


# --- plain ASCII --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain [x]", "plain [x]"),
        ("Əliyev, İlham; Çingiz ŁÓDŹ Þór", "Eliyev, Ilham; Cingiz LODZ Thor"),
        ("“Xi’an” – 6‑7 October…", '"Xi\'an" - 6-7 October...'),
        ("A → B, 5 €, ½, №\xa02, m²", "A -> B, 5 EUR, 1/2, No 2, m2"),
        ("日本", "??"),
        ("a\nb \ufffd", "a\nb ?"),
    ],
)
def test_ascii_only(text: str, shown: str) -> None:
    assert ascii_only(text) == shown


@given(prose)
def test_ascii_only_is(raw: str) -> None:
    shown = ascii_only(clean(raw))
    assert shown.isascii()
    assert shown.replace("\n", "").isprintable()
    assert shown.count("\n") == clean(raw).count("\n")


# --- links --------------------------------------------------------------------------------------


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
def test_links_take_linear_time(hostile: str) -> None:
    assert seconds(lambda: parse_links(hostile)) < 0.5
    assert parse_links(hostile) == ((hostile, None),)


# --- addresses ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "url",
    [
        "https://example.com",
        "http://example.com/",
        "HTTPS://Example.COM/Path?q=1&r=%20#top",
        "https://president.az/en/articles/view/60000",
        "https://example.com:8443/a@b",
        "https://example.com./",
        "https://mfa.gov.az/az/xəbərlər",
        "https://müller.example/",
        "https://xn--mller-kva.example/",
        "http://127.0.0.1:80/",
        "http://[2001:db8::1]:8080/x",
        "https://en.wikipedia.org/wiki/Washington_(state)",
        "https://example.com/" + "a" * 2028,
    ],
)
def test_safe_urls(url: str) -> None:
    assert safe_url(url)


@pytest.mark.parametrize(
    "url",
    [
        "", "example.com", "//example.com", "/etc/passwd", "https:", "https://", "https:///x",
        "https:x", "javascript:alert(1)", "file:///etc/passwd", "data:text/html,x",
        "ftp://example.com", "mailto:a@b.c", " https://example.com", "https://example.com ",
        "https://exa mple.com", "https://example.com/\n", "https://example.com/\x1b[31m",
        "https://example.com/\x00", "java\nscript:x", "ht\ttps://example.com",
        "https://example.com\\@evil.example", "https:\\\\example.com",
        "https://user@evil.example", "https://user:pass@evil.example",
        "https://example.com%40evil.example", "https://@example.com", "https://example.com:99999",
        "https://example.com:x", "https://example.com:0", "https://:80", "https://.",
        "https://a..b", "https://-", "https://_", "https://[::1", "https://[x]",
        "https://[::1%25x]", "https://example.com/\u202egpj", "https://example.com/\u200b",
        "https://example.com/\ufffd", "https://example。com", "https://ｅxample.com",
        "https://exam⒈ple", "https://a℀b.com", "https://\ud800.com", 'https://exa"mple.com',
        "https://<b>.com", "https://a;b.com", "https://$(id).com", "https://a,b",
        "-https://example.com", "https://example.com/" + "a" * 2029,
    ],
    ids=ascii,
)  # fmt: skip
def test_unsafe_urls(url: str) -> None:
    assert not safe_url(url)


@given(prose | prose.map("https://{}".format) | st.text("htps:/.@[]%\\a1 ").map("http://{}".format))
def test_safe_url_never_raises(url: str) -> None:
    if safe_url(url):
        assert url.lower().startswith(("http://", "https://"))
        assert clean(url) == url or not unicodedata.is_normalized("NFC", url)


# --- the cost of importing ----------------------------------------------------------------------


def test_import_is_light() -> None:
    code = (
        "import sys; before = set(sys.modules)\n"
        "from tui.dossier import dates, text\n"
        "dates.parse('2025-08-08/..'), text.fold('Washington Summit'), text.clean('x'), "
        "text.parse_links('x')\n"
        "print(*sorted(set(sys.modules) - before))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert set(done.stdout.split()) <= {
        "__future__",
        "tui",
        "tui.dossier",
        "tui.dossier.dates",
        "tui.dossier.text",
    }
