"""The small dossier that ``summitry new`` writes: every table and field, explained in place."""

import os


def starter() -> str:
    """The text of the file."""
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "starter.json")
    with open(path, encoding="utf-8", newline="") as file:
        return file.read()
