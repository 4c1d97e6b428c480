"""`summitry completion`: the scripts by which bash, zsh and fish complete a command line.

The shells ask ``summitry __complete WORD…`` (the words typed so far, the last one unfinished) and
get one candidate a line, made of what the commands declare. Where there is none they offer files.
"""

from collections.abc import Callable, Iterable

from tui.commands import Argument, Command, Options, command, store_path
from tui.commands.streams import FOUND, NOTHING, write
from tui.files import StoreError

#: The most ids or values that are offered.
_MOST = 200

_BASH = """\
_summitry() {
    local line="${COMP_LINE:0:COMP_POINT}" words
    read -ra words <<< "$line"
    [[ "$line" == *[[:space:]] ]] && words+=("")
    local current="${words[-1]}" IFS=$'\\n'
    COMPREPLY=($(summitry __complete "${words[@]:1}" 2>/dev/null))
    # bash parts words at colons: leave out what stands before the last one.
    if [[ "$current" == *:* && "$COMP_WORDBREAKS" == *:* ]]; then
        local before="${current%"${current##*:}"}" i
        for i in "${!COMPREPLY[@]}"; do COMPREPLY[i]="${COMPREPLY[i]#"$before"}"; done
    fi
    [[ ${#COMPREPLY[@]} -eq 1 && "${COMPREPLY[0]}" == *: ]] && compopt -o nospace
    [[ ${#COMPREPLY[@]} -eq 0 ]] && compopt -o default
}
complete -F _summitry summitry
"""
_ZSH = """\
#compdef summitry
_summitry() {
    local -a found
    found=("${(@f)$(summitry __complete "${(@)words[2,CURRENT]}" 2>/dev/null)}")
    found=(${found:#})
    if (( ${#found} )); then
        compadd -S '' -- ${(M)found:#*:}
        compadd -- ${found:#*:}
    else
        _files
    fi
}
if [[ "$funcstack[1]" == _summitry ]]; then _summitry "$@"; else compdef _summitry summitry; fi
"""
_FISH = """\
function __summitry_complete
    set -l words (commandline -opc) (commandline -ct)
    set -l found (summitry __complete $words[2..-1] 2>/dev/null)
    if set -q found[1]
        printf '%s\\n' $found
    else
        __fish_complete_path (commandline -ct)
    end
end
complete -c summitry -f -a '(__summitry_complete)'
"""
_SCRIPTS = {"bash": _BASH, "zsh": _ZSH, "fish": _FISH}


@command("completion", Argument("shell", choices=tuple(_SCRIPTS)))
def completion(options: Options) -> int:
    """Print the completion of a shell."""
    write(_SCRIPTS[options.shell])
    return FOUND


def complete(words: list[str], names: tuple[str, ...], command: Callable[[str], Command]) -> int:
    """Write what may stand for the last of `words`, those after ``summitry``; returns the status.

    `names` are those of the commands, `command` gives the declaration of one.
    """
    *before, last = words or [""]
    found: list[str] = []
    try:
        if not before:
            found = _beginning(last, names)
        elif before[0] in names:
            found = _candidates(command(before[0]), before[1:], last)
    except StoreError:
        return NOTHING  # the prompt is no place to complain
    write("".join(f"{word}\n" for word in found))
    return FOUND


def _candidates(command: Command, before: list[str], last: str) -> list[str]:
    """What may stand for `last` after the words `before` of a command; raises StoreError."""
    from tui.dossier.dossier import Dossier

    if last.startswith("-") and last != "-":
        options = (name for a in command.arguments if a.is_option for name in a.names)
        return _beginning(last, options)
    wanted = _argument_after(command, before)
    if wanted is None:
        return []
    if choices := wanted.options.get("choices"):
        return _beginning(last, choices)
    store = before[before.index("--store") + 1] if "--store" in before[:-1] else store_path()
    if wanted.completes == "id":
        return Dossier.open(store).ids(last, most=_MOST)
    return _query_words(last, store) if wanted.completes == "query" else []


def _argument_after(command: Command, words: list[str]) -> Argument | None:
    """The argument that the next word after `words` is a value of, if there is one."""
    options = {name: a for a in command.arguments if a.takes_value for name in a.names}
    places = [a for a in command.arguments if not a.is_option]
    left = iter(words)
    given = 0
    for word in left:
        if word in options:
            if next(left, None) is None:
                return options[word]
        elif not word.startswith("-"):
            given += 1
    if places and places[-1].options.get("nargs") in ("*", "+"):
        return places[min(given, len(places) - 1)]
    return places[given] if given < len(places) else None


def _query_words(start: str, store: str) -> list[str]:
    """The fields of a query, or the values of one; raises StoreError."""
    from tui.dossier.dossier import Dossier
    from tui.dossier.query import CHOICES, FIELDS

    field, colon, value = start.partition(":")
    if not (colon and field in FIELDS):
        return _beginning(start, (f"{name}:" for name in FIELDS))
    dossier = Dossier.open(store)
    if field in ("id", "region", "actor", "place", "source"):
        values = dossier.ids(value, "" if field == "id" else field, _MOST)
    elif field in CHOICES:
        values = _beginning(value, CHOICES[field])
    else:
        facet = "year" if field in ("on", "after", "before") else field
        values = _beginning(value, (known.key for known in dossier.values(facet) if known.key))
    return [f"{field}:{key}" for key in values[:_MOST]]


def _beginning(start: str, words: Iterable[str]) -> list[str]:
    return [word for word in words if word.startswith(start)]
