"""`summitry serve`: the explorer in a browser on this machine (extra `web`)."""

import os
import shlex
import sys

from tui.commands import FILE, Argument, Options, command, number, store_path
from tui.commands.streams import FOUND, WRONG, complain, progress, say
from tui.files import reason_of

#: The names of this machine itself.
_OWN = ("localhost", "127.0.0.1", "::1")
PORT = 8000


@command(
    "serve",
    FILE,
    number("--port", "N", f"the port to listen at ({PORT})"),
    Argument("--host", metavar="HOST", default=_OWN[0], help="listen for other machines, too"),
)
def serve(options: Options) -> int:
    """Show the explorer in a browser on this machine."""
    from tui.dossier.dossier import Dossier

    path = os.path.abspath(options.file or store_path())
    Dossier.open(path, progress()).close()  # what is wrong with it is said here, not in a page
    try:
        from tui.web.server import ExplorerServer
    except ImportError:
        return complain("this needs the extra `web`: pip install 'summitry[web]'")
    host, port = options.host, options.port or PORT
    if port > 65535:
        return complain(f"--port {port}: there are ports up to 65535", WRONG)
    if not host.strip():  # it would be every address of this machine
        return complain("--host: name a host, such as localhost", WRONG)
    if host not in _OWN:
        say(
            f"whoever can reach {host} may read this dossier, and starts a process of yours with "
            "each page they open; nothing is written, and no address is opened for them"
        )
    os.environ["SUMMITRY_SERVED"] = "1"
    # The explorer is this Summitry, whatever lies in the folder that this was started in.
    root = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, (root, os.environ.get("PYTHONPATH"))))
    explorer = shlex.join([sys.executable, "-P", "-m", "tui", "open", path])
    try:
        ExplorerServer(explorer, host, port).serve()
    except UnicodeError:  # of a host with an empty label, or one of more than 63 characters
        return complain(f"--host {host[:80]}: no name of a host; name one, such as localhost")
    except OSError as error:
        return complain(f"cannot listen at {host}:{port}: {reason_of(error)}")
    return FOUND
