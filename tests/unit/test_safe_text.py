"""Text from strangers: cleaning, and which addresses may be opened."""

import subprocess
import sys
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.odd_text import EVERY, forbidden, is_mark, prose
from tui.dossier.safe_text import MARKS_IN_A_ROW, REPLACEMENT, clean, clean_line, safe_url


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


def test_marks_and_letters_in_parts_are_never_passed_over() -> None:
    # Most texts are returned at a first look: nothing that needs a second may slip through it.
    for char in EVERY:
        if is_mark(char):
            assert REPLACEMENT in clean("x" + char * 5), ascii(char)
        parts = unicodedata.decomposition(char).split()
        if len(parts) == 2 and not parts[0].startswith("<"):
            apart = "".join(chr(int(part, 16)) for part in parts)
            assert unicodedata.is_normalized("NFC", clean(apart)), ascii(char)
    assert clean("\u1100\u1161\u11a8") == "각"  # Hangul composes by rule, not by table


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
    ],
    ids=lambda text: ascii(text[:3]),
)
def test_a_very_long_run_of_marks_is_cut_short(hostile: str) -> None:
    # Normalising it whole would take time that is quadratic in its length: minutes.
    got = clean(hostile)
    assert len(got) < 10
    assert got.endswith(REPLACEMENT)


def test_a_text_of_controls_only() -> None:
    assert clean("\x1b" * 400_000) == REPLACEMENT * 400_000


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


def test_import_is_light() -> None:
    code = (
        "import sys; before = set(sys.modules)\n"
        "from tui.dossier import dates, folding, prose_links, safe_text\n"
        "dates.parse('2025-08-08/..'), folding.fold('Washington Summit'), safe_text.clean('x'), "
        "prose_links.parse_links('x')\n"
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
        "tui.dossier.folding",
        "tui.dossier.prose_links",
        "tui.dossier.safe_text",
    }
