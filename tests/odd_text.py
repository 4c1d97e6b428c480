"""Odd text to try things with: every character, and strings that strangers might write."""

import sys
import unicodedata

from hypothesis import strategies as st

# Planes 4 to 13, in which there are no characters, are here with one place of 97 and their ends.
EVERY = [
    chr(code)
    for code in range(sys.maxunicode + 1)
    if not 3 < code >> 16 < 14 or code % 97 == 0 or code & 0xFFFF > 0xFFF0
]
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
