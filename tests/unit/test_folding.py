"""The spelling that search compares, where it stands in a text, and plain ASCII."""

import tracemalloc
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.odd_text import EVERY, prose
from tui.dossier.folding import ascii_only, fold, mark_spans, nearest, words
from tui.dossier.safe_text import clean


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


def test_folding_ever_new_characters_holds_no_more_of_them() -> None:
    def held_after(first: int) -> int:
        for start in range(first, first + 0x5000, 4096):
            fold("".join(EVERY[start : start + 4096]))
        return tracemalloc.get_traced_memory()[0]

    tracemalloc.start()
    try:
        full = held_after(0x3000)
        assert held_after(0x8000) - full < 100_000
    finally:
        tracemalloc.stop()
    assert fold("Əliyev") == "eliyev"


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


def test_of_a_long_name_the_beginning_is_compared() -> None:
    """Comparing takes time that grows with the length, and strangers write long names."""
    longest = "abcdefgh" * 10
    assert nearest(f"{longest}{'z' * 400}", ["other", longest], whole=True) == [longest]


def test_mark_spans_are_offsets() -> None:
    assert mark_spans("«Əliyev» – Aliyev", ["eliyev", "aliyev"]) == [(1, 7), (11, 17)]
    assert mark_spans("signed", iter(["sig"])) == [(0, 6)]
    assert mark_spans("⑴⑵", ["1", "2"]) == [(0, 1), (1, 2)]  # two words with nothing between
    assert mark_spans("½", ["1", "2"]) == [(0, 1)]  # two words out of one character


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
