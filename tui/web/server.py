"""The server: textual-serve's, with a page that asks no other host for anything."""

import asyncio
import logging
import sys
from contextlib import suppress
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

import aiohttp_jinja2
import msgspec
from aiohttp import WSMsgType, web
from aiohttp.http_exceptions import HttpProcessingError
from textual_serve.app_service import AppService
from textual_serve.server import Server, to_int

from tui.text import LARGEST_WINDOW

_TEMPLATES = Path(__file__).parent / "templates"
#: How long explorers may take to end after the server was told to, in seconds.
_ENDING = 5


class ExplorerServer(Server):
    """Serves an explorer, which `command` starts, to pages that came from here alone."""

    def __init__(self, command: str, host: str, port: int) -> None:
        shown = f"[{host}]" if ":" in host else host
        url = f"http://{shown}:{port}"
        super().__init__(command, host, port, "Summitry", url, templates_path=_TEMPLATES)
        self._explorers: list[asyncio.subprocess.Process] = []

    def serve(self, debug: bool = False) -> None:
        """Serve until interrupted, and say where once it listens; nothing of each request."""
        logging.getLogger("aiohttp.server").addFilter(_is_ours)
        web.run_app(
            self._make_app(), host=self.host, port=self.port, access_log=None, print=self._tell
        )

    async def _make_app(self) -> web.Application:
        app = await super()._make_app()
        app.on_cleanup.append(self._wait_for_explorers)
        return app

    async def _wait_for_explorers(self, _: web.Application) -> None:
        """Have the explorers end before the loop does that hears of it."""
        ends = [asyncio.create_task(process.wait()) for process in self._explorers]
        if ends:
            await asyncio.wait(ends, timeout=_ENDING)

    async def on_startup(self, app: web.Application) -> None:
        """Say nothing: it does not listen yet, and may never do."""

    def _tell(self, _: str) -> None:
        print(f"Summitry is at {self.public_url}; Ctrl+C ends it", file=sys.stderr, flush=True)

    async def handle_index(self, request: web.Request) -> web.Response:
        """Give the page to who called this server by a name of its own; lead others to that."""
        if not self._is_own(request.host):
            raise web.HTTPFound(self.public_url)
        size = to_int(request.query.get("fontsize", ""), 16)
        context = {"font_size": size, "session": f"ws://{request.host}/ws"}
        return aiohttp_jinja2.render_template("app_index.html", request, context)

    async def handle_websocket(self, request: web.Request) -> web.WebSocketResponse:
        """Begin a session, unless the page that asks is another's or came by another name."""
        origin = request.headers.get("Origin", "")
        if not self._is_own(request.host) or origin.partition("//")[2] != request.host:
            raise web.HTTPForbidden(text="this page is not Summitry's")
        width, height = (to_int(request.query.get(name, ""), 80) for name in ("width", "height"))
        if not _is_possible(width, height):
            raise web.HTTPBadRequest(text="no window has that size")
        return await super().handle_websocket(request)

    async def _process_messages(
        self, websocket: web.WebSocketResponse, app_service: AppService
    ) -> None:
        """Hand on what the page sends: keys, sizes and signs of life. All else is nothing."""
        if process := app_service._process:
            self._explorers.append(process)
        async for message in websocket:
            if message.type is not WSMsgType.TEXT:
                continue
            with suppress(msgspec.DecodeError, UnicodeError, RecursionError):
                match msgspec.json.decode(message.data):
                    case ["stdin", str(keys)]:
                        await app_service.send_bytes(keys.encode())
                    case ["resize", {"width": int(width), "height": int(height)}]:
                        if _is_possible(width, height):
                            await app_service.set_terminal_size(width, height)
                    case ["ping", str() | int() | float() | None as sent]:
                        await websocket.send_json(["pong", sent])
                    case ["blur", *_]:
                        await app_service.blur()
                    case ["focus", *_]:
                        await app_service.focus()

    def _is_own(self, called: str) -> bool:
        """Whether a host with its port is called as this server is: by its own name or in figures.

        Any other name may be a stranger's, who has it lead here.
        """
        with suppress(ValueError):
            name = urlsplit(f"http://{called}").hostname or ""
            return name in (self.host.lower(), "localhost") or bool(ip_address(name))
        return False


def _is_possible(width: int, height: int) -> bool:
    """Whether a window may have so many columns and rows: its cells fill the memory."""
    return 0 < width <= LARGEST_WINDOW and 0 < height <= LARGEST_WINDOW


def _is_ours(record: logging.LogRecord) -> bool:
    """Whether a fault is this program's, and not that of who asks: https, for instance."""
    return not (record.exc_info and isinstance(record.exc_info[1], HttpProcessingError))
