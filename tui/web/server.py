"""The server: textual-serve's, with a page that asks no other host for anything."""

import sys
from contextlib import suppress
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

import aiohttp_jinja2
from aiohttp import web
from textual_serve.server import Server, to_int

_TEMPLATES = Path(__file__).parent / "templates"


class ExplorerServer(Server):
    """Serves an explorer, which `command` starts, to pages that came from here alone."""

    def __init__(self, command: str, host: str, port: int) -> None:
        shown = f"[{host}]" if ":" in host else host
        url = f"http://{shown}:{port}"
        super().__init__(command, host, port, "Summitry", url, templates_path=_TEMPLATES)

    def serve(self, debug: bool = False) -> None:
        """Serve until interrupted, and say where once it listens; nothing of each request."""
        web.run_app(
            self._make_app(), host=self.host, port=self.port, access_log=None, print=self._tell
        )

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
        if not self._is_own(request.host) or urlsplit(origin).netloc != request.host:
            raise web.HTTPForbidden(text="this page is not Summitry's")
        return await super().handle_websocket(request)

    def _is_own(self, called: str) -> bool:
        """Whether a host with its port is called as this server is: by its own name or in figures.

        Any other name may be a stranger's, who has it lead here.
        """
        with suppress(ValueError):
            name = urlsplit(f"http://{called}").hostname or ""
            return name in (self.host.lower(), "localhost") or bool(ip_address(name))
        return False
