"""What columns are called, in some languages, and which column a name fits best."""

import re
from collections.abc import Callable, Iterable, Sequence

from tui.dossier import folding

# Folded as in search, best first; a column matches where its name or its last words are these.
TITLES = (
    "title", "headline", "subject", "event", "event name", "name", "visitor", "visit", "meeting",
    "summit", "agreement", "label", "item", "what", "official name en",
    "titel", "uberschrift", "bezeichnung", "ereignis", "veranstaltung", "thema", "betreff",
    "titre", "intitule", "evenement", "nom", "objet", "titulo", "nombre", "evento", "asunto",
    "название", "заголовок", "наименование", "событие", "мероприятие", "тема",
    "baslik", "etkinlik", "olay", "konu", "basliq", "tedbir", "hadise", "movzu", "ad", "adi",
)  # fmt: skip
#: Titles only where nothing better is there.
LAST_TITLES = ("country", "land", "pays", "pais", "страна", "ulke", "olke")
STARTS = (
    "start date", "start date year", "start year", "date start", "starts at", "begin",
    "begin date", "from date", "start", "date from", "date", "event date", "date signed", "signed",
    "when", "day", "datum von", "von", "startdatum", "beginn", "anfang", "datum",
    "date de debut", "date debut", "debut", "fecha de inicio", "fecha inicio", "inicio", "desde",
    "fecha", "дата начала", "начало", "дата", "baslangic tarihi", "baslangic", "tarih",
    "baslama tarixi", "baslangic tarixi", "baslama", "tarix", "year", "jahr", "annee", "ano",
    "год", "yil", "il", "published", "date time", "datetime", "time", "created at", "timestamp",
    "epoch",
)  # fmt: skip
ENDS = (
    "end date", "end date year", "end year", "date end", "ends at", "to date", "date to", "end",
    "until", "finish", "datum bis", "bis", "enddatum", "ende", "date de fin", "date fin", "fin",
    "fecha de fin", "fecha fin", "fecha final", "hasta", "дата окончания", "окончание", "конец",
    "bitis tarihi", "bitis", "bitme tarixi", "bitme",
)  # fmt: skip
ROLES = {
    "id": ("id", "identifier", "event id", "no", "number", "key", "uid", "nr"),
    "region": (
        "region", "partner", "region name", "country", "from", "nation", "state",
        "land", "staat", "pays", "pais", "страна", "регион", "ulke", "bolge", "olke",
    ),
    "place": (
        "place", "location", "locale", "city", "venue", "where", "town", "ort", "stadt",
        "lieu", "ville", "lugar", "ciudad", "место", "город", "yer", "sehir", "mekan", "seher",
    ),
    "text": (
        "description", "text", "remarks", "details", "note", "notes", "body", "content", "abstract",
        "beschreibung", "bemerkung", "bemerkungen", "anmerkung", "inhalt", "texte", "remarques",
        "descripcion", "texto", "notas", "описание", "текст", "примечание", "aciklama", "metin",
        "notlar", "tesvir", "metn", "qeyd",
    ),
    "summary": ("summary", "zusammenfassung", "resume", "resumen", "ozet", "xulase"),
    "tags": (
        "tags", "tag", "keywords", "topics", "topic", "category", "group", "schlagworte",
        "stichworte", "mots cles", "etiquetas", "теги", "etiketler", "etiket", "teqler",
    ),
    "type": (
        "type", "kind", "event type", "category", "art", "typ", "kategorie", "categorie", "tipo",
        "тип", "вид", "категория", "tur", "tip", "nov",
    ),
}  # fmt: skip
PEOPLE = (
    "visitor", "participants", "participant", "who", "person", "leader", "actor", "actors",
    "attendees", "guest", "guests", "signatories", "parties", "teilnehmer", "personen", "gast",
    "gaste", "besucher", "participantes", "participante", "invites", "участники", "участник",
    "гости", "katilimcilar", "katilimci", "istirakcilar", "istirakci",
)  # fmt: skip

_INNER_CAPITAL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
# What query services put after a name: eventLabel.value is the event.
_AFTER = re.compile(r"(?<=.) (?:value|label)$")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+$", re.IGNORECASE)

#: The first cells of each column, without those that are empty.
Samples = dict[str, list[str]]


def spelling(column: str) -> str:
    """A column's name as the tables here write it: ``eventLabel.value`` → ``event``."""
    words = folding.fold(_INNER_CAPITAL.sub(" ", column))
    return _AFTER.sub("", _AFTER.sub("", words))


def named(columns: Iterable[str], names: Sequence[str]) -> list[str]:
    """The columns called by one of `names`, best first; then those whose last words are one."""
    spelt = {column: spelling(column) for column in columns}
    exact = [column for name in names for column in spelt if spelt[column] == name]
    ending = [column for name in names for column in spelt if spelt[column].endswith(f" {name}")]
    return list(dict.fromkeys(exact + ending))


def take(free: Samples, names: Sequence[str], fits: Callable[[list[str]], bool]) -> str:
    """The best column called by one of `names` whose cells fit, free no longer; "" for none."""
    for column in named(free, names):
        if free[column] and fits(free[column]):
            del free[column]
            return column
    return ""


def is_plain(cells: list[str]) -> bool:
    """Whether cells hold something to read: no addresses, and no objects of JSON."""
    odd = sum(bool(_ADDRESS.match(cell)) or cell.startswith("{") for cell in cells)
    return odd * 2 < len(cells)


def is_text(cells: list[str]) -> bool:
    """Whether cells are mostly words."""
    wordy = sum(any(char.isalpha() for char in cell) for cell in cells)
    return bool(cells) and wordy * 2 > len(cells) and is_plain(cells)


def best_title(free: Samples, candidates: Sequence[str], rows: int) -> str:
    """The first of the candidates that tells the `rows` apart about as well as any of them."""
    # A title of more than a few words to a line is the text of an event.
    fitting = [
        column
        for column in candidates
        if is_text(free[column]) and sum(map(len, free[column])) <= 200 * len(free[column])
    ]
    told = {column: len(set(free[column])) for column in fitting}
    told = {column: count for column, count in told.items() if count > 1 or rows < 2}
    most = max(told.values(), default=0)
    return next((column for column, count in told.items() if count * 2 >= most), "")


def without_plumbing(columns: Iterable[str]) -> list[str]:
    """The columns but those that say what kind of value stands beside them."""
    columns = list(columns)
    beside = {column.removesuffix(".value") for column in columns if column.endswith(".value")}
    kinds = {"type", "geometry.type"} if "geometry.type" in columns else set()  # GeoJSON
    return [
        column
        for column in columns
        if column.endswith(".value") or not (column in kinds or column.rpartition(".")[0] in beside)
    ]
