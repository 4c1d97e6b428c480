"""The server: textual-serve's, with a page that asks no other host for anything."""

import sys
from pathlib import Path
from urllib.parse import urlsplit

from aiohttp import web
from textual_serve.server import Server

_TEMPLATES = Path(__file__).parent / "templates"


class ExplorerServer(Server):
    """Serves an explorer, which `command` starts, to pages that came from here alone."""

    def __init__(self, command: str, host: str, port: int) -> None:
        super().__init__(command, host, port, title="Summitry", templates_path=_TEMPLATES)

    def initialize_logging(self) -> None:
        """Say nothing of each request."""

    async def on_startup(self, app: web.Application) -> None:
        """Say where it is."""
        print(f"Summitry is at {self.public_url}; Ctrl+C ends it", file=sys.stderr, flush=True)

    async def handle_websocket(self, request: web.Request) -> web.WebSocketResponse:
        """Begin a session, unless the page that asks is another's or came by another name."""
        origin = request.headers.get("Origin", "")
        here = urlsplit(self.public_url).netloc
        if request.host != here or urlsplit(origin).netloc != here:
            raise web.HTTPForbidden(text="this page is not Summitry's")
        return await super().handle_websocket(request)
