"""`summitry serve`: the explorer in a browser, on this machine and asking nobody else."""

import asyncio
import base64
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.support import ROOT, SMALL, python

aiohttp = pytest.importorskip("aiohttp", reason="the extra web is not installed")
pytest.importorskip("textual_serve", reason="the extra web is not installed")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
#: Seconds that a session may take to begin on a slow machine.
PATIENCE = 60


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    """Where a server of the small dossier is, in a folder that has a package of the same name."""
    (tmp_path / "tui").mkdir()
    (tmp_path / "tui" / "__main__.py").write_text("print('another program')")
    with served(tmp_path, "localhost") as found:
        yield found


@contextmanager
def served(home: Path, host: str) -> Iterator[str]:
    """Serve the small dossier from the folder `home`; gives the address that is told."""
    port = free_port()
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "HOME": str(home)}
    options = (str(SMALL), "--port", str(port), "--host", host)
    command = [sys.executable, "-P", "-m", "tui", "serve", *options]
    server = subprocess.Popen(command, cwd=home, env=environment, stderr=subprocess.PIPE, text=True)
    assert server.stderr
    try:
        said = server.stderr.readline()
        if said.startswith("summitry: whoever can reach"):
            said = server.stderr.readline()
        shown = f"[{host}]" if ":" in host else host
        assert said == f"Summitry is at http://{shown}:{port}; Ctrl+C ends it\n"
        yield f"{shown}:{port}"
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(20)
        with server.stderr:
            assert server.stderr.read() == ""


async def first_frame(address: str, origin: str, host: str = "") -> bytes:
    """The bytes that a page from `origin` gets until the dossier's title is among them."""
    headers = {"Origin": origin} | ({"Host": host} if host else {})
    seen = b""
    async with aiohttp.ClientSession() as session:
        socket_ = session.ws_connect(f"http://{address}/ws?width=100&height=30", headers=headers)
        async with asyncio.timeout(PATIENCE), socket_ as connected:
            async for message in connected:
                data = message.data
                seen += data if isinstance(data, bytes) else str(data).encode()
                if b"Two shores" in seen:
                    break
    return seen


async def test_a_session_begins_for_the_page_itself_alone(address: str) -> None:
    assert b"Two shores" in await first_frame(address, f"http://{address}")
    for origin, host in (
        ("http://elsewhere.example", ""),
        ("http://localhost:1", ""),  # another server of this machine
        ("", ""),
        ("http://[", ""),
        ("http://elsewhere.example", "elsewhere.example"),  # a name that leads here
    ):
        with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
            await first_frame(address, origin, host)
        assert refused.value.status == 403


async def test_what_no_page_of_ours_sends_is_nothing(address: str) -> None:
    """The first of it is what a browser sends that is told https."""
    odd = (
        *("x", "7", "[]", "{}", '["stdin"]', '["stdin", 1]', '["stdin", "\\ud800"]', "[" * 99_999),
        *('["resize"]', '["resize", {}]', '["resize", {"width": 999999999, "height": 9}]'),
        '["ping"]',
    )
    host, _, port = address.rpartition(":")
    for junk in (b"\x16\x03\x01\x02\x00\x01\x00", b"GET / HTTP/1.1\r\n\r\n", bytes(99)):
        with socket.create_connection((host, int(port)), PATIENCE) as caller:
            caller.sendall(junk)
            assert b" 400 " in caller.recv(99)
    origin = {"Origin": f"http://{address}"}
    async with asyncio.timeout(PATIENCE), aiohttp.ClientSession() as session:
        with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
            await session.ws_connect(f"http://{address}/ws?width=99999999", headers=origin)
        assert refused.value.status == 400
        async with session.ws_connect(f"http://{address}/ws?width=100", headers=origin) as page:
            for message in (*odd, '["stdin", "t"]'):
                await page.send_str(message)
            seen = b""
            while b"Timeline" not in seen:
                data = (await page.receive()).data
                seen += data if isinstance(data, bytes) else str(data).encode()


@pytest.mark.parametrize(("host", "called"), [("::1", "[::1]"), ("0.0.0.0", "127.0.0.1")])
async def test_it_answers_to_every_address_that_it_listens_at(
    tmp_path: Path, host: str, called: str
) -> None:
    with served(tmp_path, host) as address:
        here = f"{called}:{address.rpartition(':')[2]}"
        assert b"Two shores" in await first_frame(here, f"http://{here}")
        async with aiohttp.ClientSession() as session:
            async with session.get(f"http://{here}/") as answer:
                assert f'"ws://{here}/ws"' in await answer.text()
            stranger = {"Host": "elsewhere.example"}
            async with session.get(
                f"http://{here}/", headers=stranger, allow_redirects=False
            ) as answer:
                assert answer.headers["Location"] == f"http://{address}"


@pytest.mark.skipif(not CHROMIUM, reason="no Chromium here")
async def test_a_browser_shows_it_and_asks_no_other_host(address: str, tmp_path: Path) -> None:
    port = free_port()
    browser = subprocess.Popen(
        [
            *(str(CHROMIUM), "--headless", "--no-sandbox", "--disable-gpu"),
            *(f"--remote-debugging-port={port}", f"--user-data-dir={tmp_path / 'profile'}"),
            *("--window-size=1200,800", "about:blank"),
        ],
        stderr=subprocess.DEVNULL,
    )
    try:
        asked, picture = await looked_at(port, f"http://{address}/")
    finally:
        browser.terminate()
        browser.wait(20)
    assert {urlsplit(url).netloc for url in asked if not url.startswith("data:")} == {address}
    assert len(picture) > 15_000, "a page without an explorer has some 5 kB"


async def looked_at(port: int, url: str) -> tuple[list[str], bytes]:
    """What a browser asks for to show a page, and a picture of it once the explorer is there."""
    asked: list[str] = []
    async with aiohttp.ClientSession() as session:
        debugged = await page_of(session, port)
        async with asyncio.timeout(PATIENCE), session.ws_connect(debugged, max_msg_size=0) as ws:
            number = 0

            async def ask(method: str, **parameters: Any) -> dict[str, Any]:
                nonlocal number
                number += 1
                await ws.send_json({"id": number, "method": method, "params": parameters})
                async for message in ws:
                    told = json.loads(message.data)
                    if told.get("method") == "Network.requestWillBeSent":
                        asked.append(told["params"]["request"]["url"])
                    if told.get("id") == number:
                        return dict(told["result"])
                raise AssertionError("the browser has gone")

            await ask("Network.enable")
            await ask("Page.navigate", url=url)
            begun = "document.body.classList.contains('-first-byte')"
            while not (await ask("Runtime.evaluate", expression=begun))["result"].get("value"):
                await asyncio.sleep(0.2)
            await asyncio.sleep(3)
            shot = await ask("Page.captureScreenshot")
            return asked, base64.b64decode(shot["data"])


async def page_of(session: Any, port: int) -> str:
    """Where a browser's page can be talked to."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        try:
            async with session.get(f"http://127.0.0.1:{port}/json") as answer:
                pages = await answer.json()
        except aiohttp.ClientError:
            pages = []
        if found := [page for page in pages if page["type"] == "page"]:
            return str(found[0]["webSocketDebuggerUrl"])
        await asyncio.sleep(0.2)
    raise AssertionError("the browser has not begun")


def test_what_cannot_be_served_is_one_line(tmp_path: Path) -> None:
    done = python("-m", "tui", "serve", tmp_path / "none.json")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1
    for wrong in (("--port", "70000"), ("--host", " "), ("--host", "a..b"), ("--host", "a" * 99)):
        done = python("-m", "tui", "serve", SMALL, *wrong)
        assert (done.returncode, "Traceback" in done.stderr) == (2, False)
    with socket.socket() as taken:
        taken.bind(("localhost", 0))
        taken.listen()
        done = python("-m", "tui", "serve", SMALL, "--port", str(taken.getsockname()[1]))
    assert done.returncode == 2
    assert done.stderr.startswith("summitry: cannot listen"), "it never was there"
