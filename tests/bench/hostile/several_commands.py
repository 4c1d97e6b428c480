"""Run several commands one after the other, in processes forked from one that has loaded Summitry:
python -m tests.bench.hostile.several_commands FILE FOLDER

FILE is a JSON list of lists of arguments. What the command with the number N writes is put into
FOLDER as N.out and N.err, and its exit status is printed, one a line. It takes a fifth of the time
of as many starts.
"""

import json
import os
import sys
from pathlib import Path

import tui.commands.streams
import tui.dossier.index_file
import tui.output.results  # noqa: F401 - loaded for those that are forked
from tui import cli


def _forked(commands: list[list[str]], folder: Path) -> bool:
    """Fork a process for each command; returns True in that process, and False in the end."""
    for number, arguments in enumerate(commands):
        pid = os.fork()
        if pid == 0:
            os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
            for descriptor, name in ((1, "out"), (2, "err")):
                path = folder / f"{number}.{name}"
                os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), descriptor)
            sys.argv = ["summitry", *arguments]
            return True
        status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        print(status, flush=True)
    return False


if __name__ == "__main__" and _forked(
    json.loads(Path(sys.argv[1]).read_bytes()), Path(sys.argv[2])
):
    cli.run()
