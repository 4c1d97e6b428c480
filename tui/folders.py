"""Where Summitry's own files are: the shipped dossier, indexes, notebook and settings."""

import os
import sys


def shipped() -> str:
    """The path of the dossier that ships with Summitry."""
    package = os.path.dirname(os.path.abspath(__file__))
    beside = os.path.join(package, "data.json")
    return beside if os.path.exists(beside) else os.path.join(os.path.dirname(package), "data.json")


def cache_folder() -> str:
    """The folder of the platform in which indexes are kept; it may not exist yet."""
    return _platform_folder("cache", "~/.cache")


def notebook_path() -> str:
    """The file named in SUMMITRY_NOTEBOOK, or the platform's own place; "" if there is none."""
    if is_served():
        return ""
    if named := os.environ.get("SUMMITRY_NOTEBOOK"):
        return named
    folder = _platform_folder("state", "~/.local/state")
    return os.path.join(folder, "notebook.json") if os.path.isabs(folder) else ""


def beside_notebook(name: str) -> str:
    """The path of a file of Summitry's own beside the notebook; "" if there is no notebook."""
    notebook = notebook_path()
    return os.path.join(os.path.dirname(notebook), name) if notebook else ""


def theme_path() -> str:
    """Where the name of the theme is kept that was chosen; "" if there is no notebook."""
    return beside_notebook("theme")


def is_served() -> bool:
    """Whether the explorer is shown to a browser: then it writes no file and opens no address."""
    return bool(os.environ.get("SUMMITRY_SERVED"))


def config_path() -> str:
    """The file named in SUMMITRY_CONFIG, or the platform's own place; it may not exist."""
    if named := os.environ.get("SUMMITRY_CONFIG"):
        return named
    return os.path.join(_platform_folder("config", "~/.config"), "config.toml")


def _platform_folder(kind: str, usual: str) -> str:
    """What platformdirs answers, on Linux without the 15 ms that importing it takes."""
    if sys.platform in ("darwin", "win32"):
        import platformdirs

        return str(getattr(platformdirs, f"user_{kind}_dir")("summitry", appauthor=False))
    wanted = os.environ.get(f"XDG_{kind.upper()}_HOME", "").strip()
    base = wanted if os.path.isabs(wanted) else os.path.expanduser(usual)
    return os.path.join(base, "summitry")
