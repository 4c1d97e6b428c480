"""Shell completion: commands, options, fields and ids, for bash, zsh and fish.

The shells ask ``summitry __complete WORD…`` (the words typed so far, the last one unfinished) and
get one candidate a line.
"""

from tui.dossier.query import FIELDS
from tui.dossier.vocabulary import FACETS
from tui.export import FORMATS

_OPTIONS = {
    "open": ("--at",),
    "find": ("--limit", "--json", "--store"),
    "timeline": ("--by", "--store"),
    "show": ("--json", "--markdown", "--store"),
    "check": ("--json", "--words"),
    "export": ("--to", "-o", "--force", "--store"),
    "new": ("--force",),
    "import": ("--map", "--preview", "-o", "--force"),
    "note": ("--delete", "--store"),
    "notes": ("--json", "--store"),
    "mark": ("--store",),
}
_WITH_IDS = ("show",)
_WITH_ONE_ID = ("note", "mark")
_SHELLS = ("bash", "zsh", "fish")
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
    summitry __complete $words[2..-1] 2>/dev/null
end
complete -c summitry -f -a '(__summitry_complete)'
complete -c summitry -n '__fish_seen_subcommand_from open check new import' -F
complete -c summitry -n '__fish_seen_subcommand_from export' -s o -r -F
"""


def script(shell: str) -> str:
    """The completion script of a shell."""
    return dict(zip(_SHELLS, (_BASH, _ZSH, _FISH), strict=True))[shell]


def candidates(words: list[str], store: str, commands: tuple[str, ...]) -> list[str]:
    """What may stand for the last of `words` (the words after ``summitry``)."""
    words = [word.removeprefix(" ") for word in words] or [""]
    *before, last = words
    if not before:
        return _beginning(last, commands)
    command = before[0]
    if last.startswith("-") and last[:2] != "-":
        return _beginning(last, _OPTIONS.get(command, ()))
    if command == "completion":
        return _beginning(last, _SHELLS)
    if command in _WITH_ONE_ID and not _given(before[1:]):
        return _ids(last, _store_of(before, store))
    if command in _WITH_IDS or before[-1] == "--at":
        return _ids(last, _store_of(before, store))
    if command == "export" and before[-1] in ("--to", "-o"):
        return _beginning(last, FORMATS) if before[-1] == "--to" else []
    if command == "timeline" and before[-1] == "--by":
        return _beginning(last, FACETS)
    if command in ("find", "export", "timeline"):
        field, colon, value = last.partition(":")
        if colon and field in FIELDS:
            return [f"{field}:{key}" for key in _values(field, value, _store_of(before, store))]
        return _beginning(last, [f"{name}:" for name in FIELDS])
    return []


def _beginning(start: str, words: "tuple[str, ...] | list[str]") -> list[str]:
    return [word for word in words if word.startswith(start)]


def _given(words: list[str]) -> bool:
    """Whether there is a word among these that is neither an option nor its value."""
    pairs = zip(["", *words], words, strict=False)
    return any(previous != "--store" and not word.startswith("-") for previous, word in pairs)


def _store_of(words: list[str], store: str) -> str:
    """The dossier named on the command line so far, or the usual one."""
    if "--store" in words[:-1]:
        return words[words.index("--store") + 1]
    return store


def _ids(start: str, store: str, kind: str = "%") -> list[str]:
    from tui.dossier.dossier import Dossier

    sql = "SELECT id FROM record WHERE id >= ? AND id < ? AND kind LIKE ? ORDER BY id LIMIT ?"
    found = Dossier.open(store).connection.execute(sql, (start, start + "\x7f", kind, _MOST))
    return [row[0] for row in found]


def _values(field: str, start: str, store: str) -> list[str]:
    if field == "id":
        return _ids(start, store)
    if field in ("region", "actor", "place", "source"):
        return _ids(start, store, field)
    if field in ("on", "after", "before"):
        field = "year"
    from tui.dossier.dossier import Dossier

    return _beginning(start, [v.key for v in Dossier.open(store).values(field) if v.key])[:_MOST]
