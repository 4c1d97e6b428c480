"""Every code point and many escape sequences in every field, through every command and screen.

What is written is looked at byte by byte: text, and the program's own sequences alone.
"""

import json
import os
import random
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.bench.hostile import Trials
from tests.odd_text import forbidden
from tests.support import ROOT, Fields, overview, table
from tests.terminal.emulator import Terminal

#: So many code points stand in a text; a title takes 1,000.
SIZE = 700
#: Sequences that a terminal acts on, by their ends: with ESC, as C1, in UTF-8 and in one byte.
_ENDS = [
    "[31m", "[2J", "[H", "[?1049l", "[?25h", "[6n", "[c", "[>c", "[5i", "[4i", "[20t", "[21t",
    "[8;5;5t", "[?1003h", "[?2004l", "[!p", "[1;1r", "[38;5;201m", "[0q", "[?69h", "[200~",
    "[201~", "[1 q", "]0;owned\x07", "]2;owned\x1b\\", "]52;c;b3duZWQ=\x07",
    "]8;;http://owned\x1b\\", "]4;1;red\x07", "]10;?\x07", "]104\x07", "]1337;File=:\x07",
    "]777;notify;a;b\x07", "]9;owned\x07", "P$qm\x1b\\", "P+q544e\x1b\\", "_Gf=1;\x1b\\",
    "^owned\x1b\\", "Xowned\x1b\\", "c", "7", "8", "(0", ")0", "#8", "=", ">", "D", "E", "M", "N",
    "O", "Z", "%G", "%@", "n", "|",
]  # fmt: skip
ESCAPES = [start + end for end in _ENDS for start in ("\x1b", "\x1b\x1b")] + [
    chr(0x80 | ord(end[0]) & 0x1F) + end[1:] for end in _ENDS if 0x40 <= ord(end[0]) < 0x60
]
#: Those that the program never writes itself.
LEAKS = [
    f"\x1b{end}"
    for end in _ENDS
    if re.search(r"owned|201m|5t|[45]i|2[01]t|69h|\[0q|\?\x07|b3duZWQ|Gf=1|#8|%|!p|1;1r", end)
]
#: What the program itself writes between the text.
OWN = re.compile(
    r"\x1b\[[0-9;:]*[mHABCDJKXPLMSTGdfr]|\x1b\[[?>=<]?[0-9;]*(?:\$p|[hlucqnt])|\x1b\[[0-9]? ?q"
    r"|\x1b[()][0B]|\x1b[78=>cM]|\x1b\]22;[a-z-]*(?:\x07|\x1b\\)|\x1b\]52;c;[A-Za-z0-9+/=]*(?:\x07|\x1b\\)"
    r"|\x1bP\+q[0-9a-f;]*\x1b\\|\x1b_G[^\x1b]*\x1b\\|\x1b\[14t|\x1b\[16t"
)
SHELLS = [
    ("find", "--limit", "9999"), ("find", "x"), ("show", "odd-2025"), ("show", "actor", "place"),
    ("show", "odd-2025", "--markdown"), ("timeline",), ("notes",),
]  # fmt: skip
JSONS = [("show", "odd-2025", "--json"), ("find", "--json"), ("notes", "--json")]
LOCALES = [
    {"LANG": "C.UTF-8"}, {"LC_ALL": "C", "LANG": "C"}, {"PYTHONIOENCODING": "latin-1", "LANG": "C"},
]  # fmt: skip
KEYS = [
    "",
    "3",
    "t",
    "w",
    "T",
    "M",
    "?",
    "z",
    "c",
    "'",
    "y",
    "e",
    "\x10",
    "vy",
    "f",
    "/x",
    "1\x06x",
]


def odd_dossier(text: str) -> Fields:
    """A dossier with `text` in every field that takes text, known and unknown."""
    claim = {"kind": "statement", "text": text, "by": "actor", "about": text, "value": text}
    claims = [
        claim | {"cites": [{"source": "source", "at": text}]},
        {"kind": "fact", "text": f"[[actor|{text}]]", "about": text, "value": "other", "cites": []},
    ]
    event = {
        "id": "odd-2025", "type": "agreement", "title": f"x {text}", "aliases": [text],
        "date": "2025-08-08", "regions": ["region"], "place": "place", "tags": [text],
        "participants": [{"actor": "actor", "role": text}], "summary": text, "facts": {text: text},
        "instrument": "treaty", "claims": claims, "related": [{"event": "two-2025", "as": text}],
        "steps": [{"action": "signed", "date": "2025", "cites": [claims[0]["cites"][0]]}],
        f"unknown {text}": {text: [text]},
    }  # fmt: skip
    two = {"id": "two-2025", "type": text[:20] or "x", "title": text, "date": "2025-01"}
    return {
        "meta": table(overview(title=text, summary=text, licence=text)),
        "regions": table(
            {"id": "region", "name": f"x {text}", "aliases": [text], "countries": ["AZ"],
             "summary": text}
        ),
        "actors": table(
            {"id": "actor", "name": f"x {text}", "aliases": [text], "type": "person",
             "roles": [{"title": text}], "summary": text}
        ),
        "places": table({"id": "place", "name": text, "country": "AZ", "lat": 1, "lon": 2}),
        "sources": table(
            {"id": "source", "title": text, "publisher": text, "author": text, "date": "2025",
             "language": "en", "type": "news", "note": text, "url": f"https://example.org/{text}"}
        ),
        "events": table(event, two),
        text or "odd": {},
    }  # fmt: skip


def fault_in(data: bytes, encoding: str) -> str:
    """What in the bytes is neither text nor a sequence of the program's own."""
    try:
        text = data.decode(encoding)
    except UnicodeError as error:
        return f"not {encoding}: {error}"
    bare = OWN.sub("", text.replace("\r", ""))
    odd = {char for char in bare if forbidden(char) and char not in "\t\b"}
    odd |= {leak for leak in LEAKS if leak in text}
    at = min((text.index(char) for char in odd), default=0)
    return f"{sorted(odd)[:5]} in {text[max(0, at - 40) : at + 20]!r}" if odd else ""


def texts(draw: random.Random, count: int) -> list[str]:
    """Every code point in so many texts, each with some of the sequences."""
    points = [
        chr(code)
        for code in range(sys.maxunicode + 1)
        if not 0xD800 <= code < 0xE000  # no JSON has those
    ]
    draw.shuffle(points)
    return [
        "".join(points[at : at + SIZE]) + " ".join(draw.sample(ESCAPES, 12))
        for at in range(0, SIZE * count, SIZE)
    ]


def trials(count: int, draw: random.Random, folder: Path) -> Trials:
    for number, text in enumerate(texts(draw, count)):
        locale = LOCALES[number % 3]
        encoding = ["utf-8", "ascii", "latin-1"][number % 3]
        path = folder / "odd.json"
        data = odd_dossier(text)
        path.write_text(json.dumps(data), "ascii")
        home = {"HOME": str(folder), "PYTHONPATH": str(ROOT), **locale}
        faults = []
        note = ["note", "odd-2025", text.replace("\x00", "")[:900]]
        asked = [note, *SHELLS, *JSONS, ("check",), ("export", "--to", "markdown")]
        for command, (status, out, err) in zip(asked, _run(asked, path, home), strict=True):
            if command is note:
                continue
            if status == 2:
                faults.append(f"{' '.join(command)}: {err!r}")
            plain = "ascii" if command in JSONS else "utf-8" if "export" in command else encoding
            plain = "utf-8" if encoding == "ascii" and "--markdown" in command else plain
            found = (fault_in(out, plain), fault_in(err, plain))
            faults += [f"{' '.join(command)}: {fault}" for fault in found if fault]
            if b"Traceback" in err:
                faults.append(f"{' '.join(command)}: {err[-300:]!r}")
        if number % 4 == 0:
            faults += _drawn(path, home, draw, "utf-8" if number % 3 == 0 else "ascii")
        yield f"{encoding}: {'; '.join(faults)[:1500]}" if faults else ""


def _run(
    asked: Sequence[Sequence[str]], path: Path, home: dict[str, str]
) -> list[tuple[int, bytes, bytes]]:
    """Run commands on a dossier; returns the status and what was written of each."""
    listed = path.with_name("commands.json")
    stores = [[path] if command[0] == "check" else ["--store", path] for command in asked]
    commands = [[*command, *map(str, store)] for command, store in zip(asked, stores, strict=True)]
    listed.write_text(json.dumps(commands), "ascii")
    ended = subprocess.run(
        [sys.executable, "-m", "tests.bench.hostile.several_commands", listed, path.parent],
        check=True, timeout=300, capture_output=True, env={"PATH": os.environ["PATH"]} | home,
        stdin=subprocess.DEVNULL,
    )  # fmt: skip
    written = [[path.parent / f"{n}.{name}" for name in ("out", "err")] for n in range(len(asked))]
    return [
        (status, out.read_bytes(), err.read_bytes())
        for status, (out, err) in zip(map(int, ended.stdout.split()), written, strict=True)
    ]


def _drawn(path: Path, home: dict[str, str], draw: random.Random, encoding: str) -> list[str]:
    """Open every screen, and look at what was written."""
    locale = home if encoding == "utf-8" else home | {"LC_ALL": "C"}
    with Terminal("-m", "tui", "open", path, columns=100, rows=30, env=locale) as terminal:
        terminal.feed = False
        terminal.until(lambda: b"quit" in terminal.output)
        terminal.settle()  # what is looked at begins between two letters
        faults = []
        for keys in KEYS:
            start = len(terminal.output)
            terminal.press(keys)
            terminal.settle(0.2)
            terminal.press("escape")
            terminal.settle(0.2)
            if fault := fault_in(terminal.output[start:], encoding):
                faults.append(f"screen {keys!r}: {fault}")
        terminal.press("\x11")
        if terminal.ended():
            faults.append(f"it ended with {terminal.process.exitstatus}")
        return faults
