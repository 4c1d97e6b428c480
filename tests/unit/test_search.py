"""What a query finds in the shipped dossier, and what it says when it had to change something.

`FIRST` is the table of what must come first: a new row is one line, `("query", "id")`. `AMONG` has
the look-ups to which several records are an answer.
"""

import sqlite3
from collections.abc import Callable

import pytest

from tests.support import Fields, dossier, event, table
from tui.dossier.dates import parse as parse_date
from tui.dossier.dossier import Dossier
from tui.dossier.query import parse
from tui.dossier.search import Answer, search
from tui.dossier.vocabulary import SORTS
from tui.page import page_of
from tui.pages.model import Differ

Make = Callable[[Fields], Dossier]

FIRST = [
    # A summit by its place, however it is spelt
    ("gabala", "ots-summit-gabala-2025"),
    ("qebele", "ots-summit-gabala-2025"),
    ("Qəbələ", "ots-summit-gabala-2025"),
    ("qabala", "ots-summit-gabala-2025"),
    ("gabla", "ots-summit-gabala-2025"),
    ("Габала", "ots-summit-gabala-2025"),
    ("Габалинский саммит", "ots-summit-gabala-2025"),
    ("Գաբալա", "ots-summit-gabala-2025"),
    ("gebele zirvesi", "ots-summit-gabala-2025"),
    ("washington", "washington-summit-2025"),
    ("washingon", "washington-summit-2025"),
    ("vaşinqton", "washington-summit-2025"),
    ("Vasinqton sammiti", "washington-summit-2025"),
    ("Вашингтонский саммит", "washington-summit-2025"),
    ("Վաշինգտոնի գագաթնաժողով", "washington-summit-2025"),
    ("washington summit", "washington-summit-2025"),
    ("washingon sumit", "washington-summit-2025"),
    ("tianjin", "sco-summit-tianjin-2025"),
    ("tianjn", "sco-summit-tianjin-2025"),
    ("copenhagen", "epc-summit-copenhagen-2025"),
    ("copenhaagn", "epc-summit-copenhagen-2025"),
    ("kopenhagen", "epc-summit-copenhagen-2025"),
    ("Копенгаген", "epc-summit-copenhagen-2025"),
    ("tirana", "epc-summit-tirana-2025"),
    ("chisinau", "epc-summit-chisinau-2023"),
    ("sharm el sheikh", "sharm-el-sheikh-summit-2025"),
    ("şarm eş-şeyh", "sharm-el-sheikh-summit-2025"),
    ("xankəndi", "eco-summit-khankendi-2025"),
    ("stepanakert", "eco-summit-khankendi-2025"),
    ("laçın sammiti", "lachin-summit-2025"),
    # People
    ("aliyev", "ilham-aliyev"),
    ("əliyev", "ilham-aliyev"),
    ("aliev", "ilham-aliyev"),
    ("Алиев", "ilham-aliyev"),
    ("Ալիև", "ilham-aliyev"),
    ("pashinian", "nikol-pashinyan"),
    ("paşinyan", "nikol-pashinyan"),
    ("Пашинян", "nikol-pashinyan"),
    ("Նիկոլ Փաշինյան", "nikol-pashinyan"),
    ("erdogan", "recep-tayyip-erdogan"),
    ("erdoğan", "recep-tayyip-erdogan"),
    ("Эрдоган", "recep-tayyip-erdogan"),
    ("zelenskiy", "volodymyr-zelenskyy"),
    ("zelensky", "volodymyr-zelenskyy"),
    ("Зеленский", "volodymyr-zelenskyy"),
    ("putin", "vladimir-putin"),
    ("makron", "emmanuel-macron"),
    ("Токаев", "kassym-jomart-tokayev"),
    ("si cinpin", "xi-jinping"),
    ("trump", "donald-trump"),
    ("charles michel", "charles-michel"),
    # Agreements
    ("gabala declaration", "gabala-declaration-2025"),
    ("Qəbələ Bəyannaməsi", "gabala-declaration-2025"),
    ("shusha declaration", "shusha-declaration-2021"),
    ("şuşa beyannamesi", "shusha-declaration-2021"),
    ("шушинская декларация", "shusha-declaration-2021"),
    ("Շուշիի հռչակագիր", "shusha-declaration-2021"),
    ("joint declaration", "joint-declaration-2025"),
    ("joint declaration armenia", "joint-declaration-2025"),
    ("birgə bəyannamə", "joint-declaration-2025"),
    ("peace treaty", "peace-treaty-text-2025"),
    ("sülh müqaviləsi", "peace-treaty-text-2025"),
    ("мирный договор", "peace-treaty-text-2025"),
    ("prague statement", "prague-statement-2022"),
    ("trilateral statement", "trilateral-statement-2020"),
    ("10 november statement", "trilateral-statement-2020"),
    ("üçtərəfli bəyanat", "trilateral-statement-2020"),
    ("cica charter", "cica-charter-2026"),
    ("astana act", "astana-act-2023"),
    ("turkic world vision 2040", "istanbul-declaration-2021"),
    ("tashkent declaration", "tashkent-trilateral-declaration-2022"),
    ("exxon memorandum", "socar-exxonmobil-memorandum-2025"),
    ("dostluk", "dostlug-memorandum-2021"),
    ("jf-17", "jf-17-contract-2024"),
    ("us charter", "us-strategic-partnership-charter-2026"),
    # Initiatives, decisions, conflicts
    ("tripp", "tripp-2025"),
    ("trump route", "tripp-2025"),
    ("zəngəzur dəhlizi", "tripp-2025"),
    ("Зангезурский коридор", "tripp-2025"),
    ("middle corridor", "middle-corridor-2014"),
    ("orta koridor", "middle-corridor-2014"),
    ("belt and road", "belt-and-road-2013"),
    ("section 907", "section-907-waiver-2025"),
    ("cop29", "cop29-baku-2024"),
    ("ncqg", "ncqg-2024"),
    ("lachin corridor", "lachin-road-2022"),
    ("Лачинский коридор", "lachin-road-2022"),
    ("44-day war", "44-day-war-2020"),
    ("vətən müharibəsi", "44-day-war-2020"),
    ("44-дневная война", "44-day-war-2020"),
    ("azal crash", "azal-crash-2024"),
    ("three brothers", "three-brothers-2021"),
    ("iğdır naxçıvan", "igdir-nakhchivan-pipeline-2025"),
    ("Нахичевань газопровод", "igdir-nakhchivan-pipeline-2025"),
    ("russian peacekeepers", "peacekeepers-withdrawal-2024"),
    ("embassy attack", "embassy-attack-tehran-2023"),
    # Phrases, what is left out, the beginning of a word
    ('"treaty on allied relations"', "uzbekistan-allied-treaty-2024"),
    ('"silk road"', "belt-and-road-2013"),
    ("“Trump Route”", "tripp-2025"),
    ("moscow ceasef", "moscow-ceasefire-2020"),
    ("macron -europe", "emmanuel-macron"),
    ("erdogan shusha", "visit-erdogan-shusha-2021"),
    ("putin dushanbe", "dushanbe-meeting-2025"),
    ("ŞUŞA ERDOĞAN", "visit-erdogan-shusha-2021"),
    # Fields and dates
    ("type:summit on:2025-10 place:gabala", "ots-summit-gabala-2025"),
    ("type:summit place:Qəbələ", "ots-summit-gabala-2025"),
    ("place:шуша type:agreement", "uae-comprehensive-partnership-2025"),
    ("region:united-states type:summit", "sharm-el-sheikh-summit-2025"),
    ("actor:vance", "visit-vance-baku-2026"),
    ("actor:Пашинян on:2025-08", "sco-summit-tianjin-2025"),
    ("actor:scholz on:2024", "visit-berlin-2024"),
    ("war on:2020-10 type:conflict", "44-day-war-2020"),
    ("on:2025-10-06 type:summit", "ots-summit-gabala-2025"),
    ("region:china on:2025-04 type:visit", "state-visit-beijing-2025"),
    ("type:treaty allied uzbekistan", "uzbekistan-allied-treaty-2024"),
    ("type:chairmanship cica", "cica-chairmanship-2024"),
    ("id:tripp", "tripp-2025"),
    ("id:ilham-aliyev", "ilham-aliyev"),
    ("declaration on:2021-06", "shusha-declaration-2021"),
    ("summit -washington on:2025-08 region:central-asia", "trilateral-summit-awaza-2025"),
    # More people, as they are written and mistyped
    ("lavrov", "sergey-lavrov"),
    ("Лавров", "sergey-lavrov"),
    ("tokayev", "kassym-jomart-tokayev"),
    ("tokaev", "kassym-jomart-tokayev"),
    ("mirziyoyev", "shavkat-mirziyoyev"),
    ("mirziyaev", "shavkat-mirziyoyev"),
    ("shavkat", "shavkat-mirziyoyev"),
    ("orban", "viktor-orban"),
    ("meloni", "giorgia-meloni"),
    ("sisi", "abdel-fattah-el-sisi"),
    ("mbz", "mohamed-bin-zayed"),
    ("von der leyen", "ursula-von-der-leyen"),
    ("ursula", "ursula-von-der-leyen"),
    ("von der layen", "ursula-von-der-leyen"),
    ("vance", "jd-vance"),
    ("rubio", "marco-rubio"),
    ("hakan fidan", "hakan-fidan"),
    ("ceyhun bayramov", "jeyhun-bayramov"),
    ("mirzoyan", "ararat-mirzoyan"),
    ("pezeshkian", "masoud-pezeshkian"),
    ("raisi", "ebrahim-raisi"),
    ("xi", "xi-jinping"),
    ("xi jinping", "xi-jinping"),
    ("习近平", "xi-jinping"),
    ("ilham aliyev", "ilham-aliyev"),
    ("aliyev ilham", "ilham-aliyev"),
    ("nikol", "nikol-pashinyan"),
    ("pashinjan", "nikol-pashinyan"),
    ("erdagon", "recep-tayyip-erdogan"),
    ("puttin", "vladimir-putin"),
    ("Владимир Путин", "vladimir-putin"),
    ("shahbaz sharif", "shehbaz-sharif"),
    ("vucic", "aleksandar-vucic"),
    ("antonio costa", "antonio-costa"),
    ("al-sharaa", "ahmed-al-sharaa"),
    ("guterres", "antonio-guterres"),
    ("Каллас", "kaja-kallas"),
    ("hajiyev", "hikmet-hajiyev"),
    ("mekron", "emmanuel-macron"),
    # States and organisations
    ("socar", "socar"),
    ("ots", "ots"),
    ("turkic council", "ots"),
    ("nato", "nato"),
    ("eu", "eu"),
    ("european union", "eu"),
    ("un", "un"),
    ("minsk group", "osce-minsk-group"),
    ("brics", "brics"),
    ("gazprom", "gazprom"),
    ("masdar", "masdar"),
    ("azal", "azerbaijan-airlines"),
    ("pace", "pace"),
    ("ШОС", "sco"),
    ("ОТГ", "ots"),
    ("exxon", "exxonmobil"),
    ("d8", "d-8"),
    ("armenia", "state-armenia"),
    ("ermənistan", "state-armenia"),
    ("Հայաստան", "state-armenia"),
    ("turkey", "state-turkiye"),
    ("uk", "state-united-kingdom"),
    ("usa", "state-united-states"),
    ("georgia", "state-georgia"),
    ("uae", "state-united-arab-emirates"),
    ("china", "state-china"),
    ("kazakstan", "state-kazakhstan"),
    ("holland", "state-netherlands"),
    ("central asia", "central-asia"),
    ("middle east", "middle-east"),
    ("Грузия", "state-georgia"),
    # Visits and meetings
    ("visits to moscow", "visit-moscow-2022"),
    ("vance visit", "visit-vance-baku-2026"),
    ("vance in baku", "visit-vance-baku-2026"),
    ("putin visit baku", "state-visit-putin-baku-2024"),
    ("putin in baku", "state-visit-putin-baku-2024"),
    ("aliyev in kyiv", "visit-kyiv-2022"),
    ("aliyev berlin", "visit-berlin-2024"),
    ("zelensky azerbaijan", "visit-zelenskyy-gabala-2026"),
    ("zelensky gabala", "visit-zelenskyy-gabala-2026"),
    ("erdogan nakhchivan", "visit-erdogan-nakhchivan-2023"),
    ("pezeshkian baku", "visit-pezeshkian-baku-2025"),
    ("kallas in baku", "visit-kallas-baku-2025"),
    ("herzog baku", "visit-herzog-baku-2023"),
    ("starmer baku", "meeting-starmer-baku-2024"),
    ("araghchi baku", "visit-araghchi-baku-2025"),
    ("визит путина", "state-visit-putin-baku-2024"),
    # With a year
    ("summits in baku 2024", "cop29-baku-2024"),
    ("putin 2025", "dushanbe-meeting-2025"),
    ("war 2020", "44-day-war-2020"),
    ("september 2023 operation", "karabakh-september-2023"),
    ("documents with china april 2025", "china-documents-2025"),
    ("putin baku 2024", "state-visit-putin-baku-2024"),
    ("aliyev rome 2024", "visit-rome-2024"),
    ("erdogan baku 2025", "visit-erdogan-baku-2025"),
    ("macron 2025", "meeting-macron-copenhagen-2025"),
    ("sochi statement 2022", "sochi-statement-2022"),
    ("caspian summit 2022", "caspian-summit-ashgabat-2022"),
    ("cica summit 2022", "cica-summit-astana-2022"),
    ("washington 2025", "washington-summit-2025"),
    ("moscow 2022", "visit-moscow-2022"),
    ("washington 2020", "washington-ceasefire-statement-2020"),
    ("dushanbe october 2025", "dushanbe-meeting-2025"),
    ("Вашингтон 2025", "washington-summit-2025"),
    # Questions, plurals and words that say nothing
    ("who signed shusha", "shusha-declaration-2021"),
    ("is the peace treaty signed", "peace-treaty-text-2025"),
    # Topics, as people call them
    ("treaty", "peace-treaty-text-2025"),
    ("treaties", "peace-treaty-text-2025"),
    ("armenia constitution", "peace-treaty-text-2025"),
    ("armenian constitution", "peace-treaty-text-2025"),
    ("gas to europe", "eu-energy-memorandum-2022"),
    ("zangezur corridor", "tripp-2025"),
    ("zangezur", "tripp-2025"),
    ("Шуша", "shusha-declaration-2021"),
    ("shusha", "shusha-declaration-2021"),
    ("şuşa", "shusha-declaration-2021"),
    ("Շուշի", "shusha-declaration-2021"),
    ("plane crash", "azal-crash-2024"),
    ("azal plane", "azal-crash-2024"),
    ("aktau crash", "azal-crash-2024"),
    ("aircraft grozny", "azal-crash-2024"),
    ("peace agreement", "peace-treaty-text-2025"),
    ("peace deal", "peace-treaty-text-2025"),
    ("peace accord", "peace-treaty-text-2025"),
    ("peace treaty armenia", "peace-treaty-text-2025"),
    ("eu gas deal", "eu-energy-memorandum-2022"),
    ("eu gas", "eu-energy-memorandum-2022"),
    ("europe gas memorandum", "eu-energy-memorandum-2022"),
    ("gas doubling", "eu-energy-memorandum-2022"),
    ("memorandum with eu", "eu-energy-memorandum-2022"),
    ("tripp agreement", "tripp-agreement-2026"),
    ("tripp framework", "tripp-implementation-framework-2026"),
    ("trump corridor", "tripp-2025"),
    ("karabakh war", "44-day-war-2020"),
    ("second karabakh war", "44-day-war-2020"),
    ("karabakh exodus", "karabakh-displacement-2023"),
    ("lachin blockade", "lachin-road-2022"),
    ("karabakh refugees", "karabakh-displacement-2023"),
    ("peacekeepers", "peacekeepers-withdrawal-2024"),
    ("peacekeeper withdrawal", "peacekeepers-withdrawal-2024"),
    ("four villages", "border-protocol-april-2024"),
    ("tavush", "border-protocol-april-2024"),
    ("cop 29", "cop29-baku-2024"),
    ("climate conference baku", "cop29-baku-2024"),
    ("climate finance", "ncqg-2024"),
    ("world urban forum", "wuf13-2026"),
    ("urban forum", "wuf13-2026"),
    ("gaza force", "gaza-force-position-2026"),
    ("gaza troops", "gaza-force-position-2026"),
    ("gaza summit", "sharm-el-sheikh-summit-2025"),
    ("black sea cable", "green-energy-agreement-2022"),
    ("caspian cable", "green-energy-partnership-2024"),
    ("fibre optic", "caspian-fibre-contract-2025"),
    ("one belt one road", "belt-and-road-2013"),
    ("belt road", "belt-and-road-2013"),
    ("north south corridor", "north-south-declaration-2022"),
    ("kars nakhchivan railway", "kars-nakhchivan-railway-2025"),
    ("igdir pipeline", "igdir-nakhchivan-pipeline-2025"),
    ("jf17", "jf-17-contract-2024"),
    ("pakistan fighter jets", "jf-17-contract-2024"),
    ("c-27j", "leonardo-c-27j-contract-2023"),
    ("visa free china", "visa-exemption-china-2025"),
    ("china visa", "visa-exemption-china-2025"),
    ("documents with china", "china-documents-2025"),
    ("charter with the us", "us-strategic-partnership-charter-2026"),
    ("907", "section-907-waiver-2025"),
    ("raisi dam", "khudafarin-giz-galasi-2024"),
    ("israel embassy", "embassy-israel-2023"),
    ("embassy in tel aviv", "embassy-israel-2023"),
    ("tehran embassy", "embassy-attack-tehran-2023"),
    ("drones nakhchivan", "nakhchivan-drones-2026"),
    ("drone attack nakhchivan", "nakhchivan-drones-2026"),
    ("france dispute", "france-dispute-2023"),
    ("pace credentials", "pace-credentials-2024"),
    ("sputnik arrests", "yekaterinburg-sputnik-2025"),
    ("yekaterinburg", "yekaterinburg-sputnik-2025"),
    ("wheat armenia", "wheat-transit-2025"),
    ("petrol armenia", "fuel-shipment-armenia-2025"),
    ("transit ban", "transit-restrictions-lifted-2025"),
    ("arms embargo", "uk-arms-embargo-2025"),
    ("brics application", "brics-application-2024"),
    ("sco membership", "sco-membership-bid-2025"),
    ("non-aligned movement chair", "nam-chairmanship-2019"),
    ("vaccines", "sinovac-vaccines-2021"),
    ("covid vaccine", "sinovac-vaccines-2021"),
    ("prisoners release", "prisoners-release-2026"),
    ("mine maps", "prisoners-mine-maps-aghdam-2021"),
    ("ankara declaration", "ankara-trilateral-declaration-2025"),
    ("islamabad declaration", "islamabad-declaration-2021"),
    ("bishkek declaration", "bishkek-declaration-2024"),
    ("karabakh declaration", "karabakh-declaration-2024"),
    ("moscow declaration", "declaration-allied-interaction-2022"),
    ("11 january statement", "moscow-statement-2021"),
    ("allied treaty uzbekistan", "uzbekistan-allied-treaty-2024"),
    ("turkish gas deal", "absheron-gas-contract-2026"),
    ("gas deal hungary", "mvm-socar-contract-2025"),
    ("serbia gas deal", "serbia-gas-contract-2023"),
    ("tamar", "tamar-stake-2025"),
    ("dostlug", "dostlug-memorandum-2021"),
    ("russian gas iran", "russian-gas-iran-route-2025"),
    ("minsk process closed", "osce-minsk-closure-2025"),
    ("identity card travel", "identity-card-protocol-2020"),
    ("araz corridor", "memorandum-iran-corridor-2022"),
    ("3+3", "platform-3-3-moscow-2021"),
    ("board of peace charter", "board-of-peace-2026"),
    ("газ в сирию", "gas-to-syria-2025"),
    ("крушение самолета", "azal-crash-2024"),
    ("qarabağ müharibəsi", "44-day-war-2020"),
    ("laçın yolu", "lachin-road-2022"),
]
#: Look-ups to which more than one record is an answer: one of them is among the first three.
AMONG: list[tuple[str, set[str]]] = [
    ("aliev kazakhstan", {"visit-kazakhstan-2023", "visit-kazakhstan-2025"}),
    ("aliyev kazakhstan", {"visit-kazakhstan-2023", "visit-kazakhstan-2025"}),
    ("visits to kazakhstan", {"visit-kazakhstan-2023", "visit-kazakhstan-2025"}),
    ("agreements with russia", {"declaration-allied-interaction-2022", "russia-documents-2024"}),
    ("putin apology", {"azal-crash-2024", "dushanbe-meeting-2025"}),
    ("pakistan documents", {"pakistan-documents-2024", "pakistan-documents-2025"}),
    ("visits to china", {"state-visit-beijing-2025", "visit-bayramov-beijing-2026"}),
    ("ots summit 2024", {"ots-summit-bishkek-2024", "ots-summit-shusha-2024"}),
    ("ots summits 2025", {"ots-summit-budapest-2025", "ots-summit-gabala-2025"}),
    ("epc 2023", {"epc-summit-chisinau-2023", "epc-summit-granada-2023"}),
    ("brussels 2023", {"meeting-brussels-july-2023", "meeting-brussels-may-2023"}),
    ("russian house", {"russian-house-closure-2025"}),
    ("new caledonia", {"baku-initiative-group-2023", "france-dispute-2023"}),
    ("minsk group dissolution", {"osce-minsk-closure-2025", "osce-minsk-decision-2025"}),
    ("green corridor", {
        "green-corridor-alliance", "green-corridor-alliance-agreement-2024",
        "green-energy-agreement-2022",
    }),
    ("southern gas corridor", {"tap-first-gas-2020"}),
    ("border delimitation", {"border-commissions-regulation-2024", "border-protocol-april-2024"}),
    ("trilateral statement 10 november 2020", {"trilateral-statement-2020"}),
    ("gas contracts", {
        "absheron-gas-contract-2026", "gazprom-socar-contract-2022", "mvm-socar-contract-2025",
        "sefe-socar-contract-2025", "serbia-gas-contract-2023",
    }),
    ("btk", {"btk-operation-agreements-2026", "btk-protocol-2021"}),
    ("china 2025 agreements", {
        "china-documents-2025", "joint-statement-china-2025", "visa-exemption-china-2025",
    }),
    ("aliyev pashinyan abu dhabi", {"meeting-abu-dhabi-2025", "meeting-abu-dhabi-2026"}),
    ("berdimuhamedov", {"gurbanguly-berdimuhamedov", "serdar-berdimuhamedov"}),
    ("xi aliyev", {
        "call-xi-aliyev-2021", "meeting-xi-astana-2024", "meeting-xi-samarkand-2022",
        "meeting-xi-tianjin-2025", "state-visit-beijing-2025",
    }),
    ("erdogan visits", {
        "visit-erdogan-baku-2020", "visit-erdogan-baku-2023", "visit-erdogan-baku-2025",
        "visit-erdogan-fuzuli-2021", "visit-erdogan-nakhchivan-2023", "visit-erdogan-shusha-2021",
        "visit-erdogan-zangilan-2022",
    }),
    ("icj lachin", {"icj-order-lachin-2023"}),
    ("ceasefire 2020", {
        "humanitarian-truce-2020", "moscow-ceasefire-2020", "trilateral-statement-2020",
        "washington-ceasefire-statement-2020",
    }),
    ("board of peace", {"board-of-peace-2026"}),
    ("constitution", {"peace-treaty-text-2025"}),
    ("electricity cable", {"green-energy-agreement-2022", "green-energy-partnership-2024"}),
    ("embassies", {
        "embassy-attack-tehran-2023", "embassy-israel-2023", "embassy-israel-decision-2022",
        "embassy-reopening-tehran-2024",
    }),
    ("how many bcm", {"absheron-gas-contract-2026", "eu-energy-memorandum-2022"}),
    ("8 august 2025", {
        "joint-declaration-2025", "peace-treaty-text-2025", "washington-summit-2025",
    }),
    ("syria gas", {"gas-to-syria-2025", "syria-socar-memorandum-2025"}),
    ("wind plant", {
        "acwa-khizi-absheron-agreements-2020", "khizi-absheron-2026",
        "khizi-absheron-groundbreaking-2022",
    }),
    ("solar plant", {
        "garadagh-solar-2023", "masdar-garadagh-agreement-2020", "masdar-garadagh-contracts-2021",
    }),
    ("whom did aliyev meet in 2025", {
        "dushanbe-meeting-2025", "epc-summit-copenhagen-2025", "meeting-abu-dhabi-2025",
        "meeting-macron-copenhagen-2025", "meeting-pezeshkian-khankendi-2025",
        "washington-summit-2025",
    }),
    ("what was signed with china in april 2025", {"china-documents-2025"}),
    ("who says how many documents with china", {"china-documents-2025"}),
    ("what did the eu agree on gas", {"eu-energy-memorandum-2022"}),
    ("memorandum of understanding us", {"us-working-group-memorandum-2025"}),
    ("meetings with putin", {"dushanbe-meeting-2025"}),
    ("turkic summits", {
        "ots-summit-gabala-2025", "ots-summit-istanbul-2021", "turkic-council-summit-2020",
    }),
    ("embassy iran", {"embassy-attack-tehran-2023", "embassy-reopening-tehran-2024"}),
    ("israel gas", {"israel-exploration-licence-2025", "tamar-stake-2025"}),
]  # fmt: skip


def ids(answer: Answer) -> list[str]:
    return [row.id for row in answer.rows]


def test_of_what_bears_the_name_events_come_first_then_actors_then_regions(
    made: Callable[[Fields], Dossier],
) -> None:
    """However the ids and the numbers of the records fall."""
    for region, actor, one in (("a", "b", "c-2025"), ("c", "a", "b-2025"), ("b", "c", "a-2025")):
        dossier_ = made(
            dossier(
                event("other-2025", summary="Gamma Gamma Gamma", date="2025-12"),
                event(one, title="Gamma", date="1990"),
                regions=table({"id": region, "name": "Gamma", "countries": ["AZ"]}),
                actors=table({"id": actor, "name": "Gamma", "type": "person"}),
            )
        )
        assert ids(search(dossier_, parse("gamma")))[:3] == [one, actor, region]


def find(dossier: Dossier, query: str, limit: int = 20, *, typing: bool = False) -> Answer:
    return search(dossier, parse(query, typing=typing), limit, typing=typing)


@pytest.mark.parametrize(("query", "id_"), FIRST, ids=[query for query, _ in FIRST])
def test_what_comes_first(shipped: Dossier, query: str, id_: str) -> None:
    found = find(shipped, query)
    assert ids(found)[:1] == [id_], f"{ids(found)[:5]}, {found.notes}"


@pytest.mark.parametrize(("query", "right"), AMONG, ids=[query for query, _ in AMONG])
def test_what_is_among_the_first_three(shipped: Dossier, query: str, right: set[str]) -> None:
    found = find(shipped, query)
    assert right & set(ids(found)[:3]), f"{ids(found)[:5]}, {found.notes}"
    assert all(shipped.row(id_) for id_ in right)


def test_the_table_is_long_enough_and_has_no_row_twice() -> None:
    assert len({query for query, _ in (*FIRST, *AMONG)}) == len(FIRST) + len(AMONG) >= 300


@pytest.mark.parametrize("query", sorted({query for query, _ in FIRST if ":" not in query}))
def test_as_it_is_typed_the_same_comes_first(shipped: Dossier, query: str) -> None:
    typed = find(shipped, query, typing=True)
    if not typed.more:  # beyond so many matches it is by date until the typing pauses
        assert ids(typed)[:1] == ids(find(shipped, query))[:1]


def order(dossier: Dossier, answer: Answer) -> list[int]:
    """When the events of an answer were, as one integer each."""
    return [parse_date(row.date or "").sort_int for row in answer.rows]


def test_without_words_everything_is_there_the_newest_first(shipped: Dossier) -> None:
    found = find(shipped, "", limit=10**6)
    assert len({row.n for row in found.rows}) == found.total == shipped.total
    assert order(shipped, found) == sorted(order(shipped, found), reverse=True)
    assert ids(search(shipped, parse(""), 9, sort="newest")) == ids(found)[:9]


def test_on_the_same_day_a_whole_stands_before_its_parts(shipped: Dossier) -> None:
    for sort in SORTS:
        rows = search(shipped, parse("on:2025-08-08"), 100, sort=sort).rows
        at = {row.id: place for place, row in enumerate(rows)}
        assert at["washington-summit-2025"] < at["joint-declaration-2025"], sort


def test_with_fields_alone_the_newest_come_first(shipped: Dossier) -> None:
    found = find(shipped, "type:summit region:china", limit=10**6)
    assert len(found.rows) > 2
    assert order(shipped, found) == sorted(order(shipped, found), reverse=True)
    assert {row.type for row in found.rows} == {"summit"}
    assert all("china" in row.regions for row in found.rows)


@pytest.mark.parametrize(
    "query", ["", "type:agreement", "gas", "on:2025", "putin 2025", "on:2024 gas"]
)
def test_what_is_found_in_any_order(shipped: Dossier, query: str) -> None:
    best, newest, oldest = (search(shipped, parse(query), 10**6, sort=sort) for sort in SORTS)
    assert set(ids(best)) == set(ids(newest)) == set(ids(oldest))
    dated = [row.date is not None for row in newest.rows]
    assert dated == sorted(dated, reverse=True), "what has no date stands last"
    dates = [parse_date(row.date).sort_int for row in newest.rows if row.date]
    assert dates == sorted(dates, reverse=True)
    assert [parse_date(row.date).sort_int for row in oldest.rows if row.date] == sorted(dates)


def test_the_newest_of_many_are_the_newest_of_all(shipped: Dossier) -> None:
    every = search(shipped, parse("gas"), 10**6, sort="newest")
    assert ids(search(shipped, parse("gas"), 5, sort="newest")) == ids(every)[:5]
    oldest = search(shipped, parse("gas"), 5, sort="oldest")
    assert ids(oldest)[0] == [row.id for row in every.rows if row.date][-1]


# -- days and years


def test_what_happened_on_a_day_comes_before_what_was_going_on(shipped: Dossier) -> None:
    for query in ("on:2025-10-13", "2025-10-13"):
        found = find(shipped, query).rows
        then = [row.lo == 20251013 for row in found]
        assert then == sorted(then, reverse=True), query
        assert sum(then) == 4
        assert "belt-and-road-2013" in [row.id for row in found]


def test_a_year_is_a_date_as_well_as_a_word(made: Make) -> None:
    opened = made(
        dossier(
            event("port-2024", title="Port talks", date="2024-03-01", summary="Planned for 2025."),
            event("spans-2024", title="Port works", date="2024-11/2025-02"),
            event("port-2025", title="A visit", date="2025-05-01", summary="To the port."),
            event("port-2023", title="Port of call", date="2023-01-01"),
        )
    )
    assert ids(find(opened, "port 2025")) == ["port-2025", "spans-2024", "port-2024"]
    assert ids(find(opened, "2025")) == ["port-2025", "spans-2024", "port-2024"]
    assert ids(find(opened, "port -2025")) == ["port-2023"]
    assert set(ids(find(opened, '"2025"'))) == {"port-2025", "spans-2024", "port-2024"}


def test_what_goes_on_without_end_is_found_by_the_years_up_to_that_of_the_dossier(
    made: Make,
) -> None:
    opened = made(dossier(event("route-2022", title="Route", date="2022/..")))
    for year, found in ((2021, False), (2022, True), (2025, True), (2026, False)):
        assert ids(find(opened, f"route {year}")) == ["route-2022"] * found, year


def test_a_year_that_nothing_has_is_not_corrected(made: Make) -> None:
    opened = made(dossier(event("one-2020", date="2020-01-01")))
    assert find(opened, "2021").notes == ('no "2021"',)
    assert find(opened, "2021").rows == []


def test_the_months_and_days_of_a_date_are_words(small: Dossier) -> None:
    assert "lodz-summit-2025" in ids(find(small, "summit august 2025"))
    assert "lodz-summit-2025" in ids(find(small, '"8 august 2025"'))
    assert "lodz-summit-2025" not in ids(find(small, "summit march 2025"))


def test_dates_of_unknown_days_have_no_remark_that_could_be_found(made: Make) -> None:
    opened = made(dossier(event("one-2025", date="2025-04"), event("two-2025", date="2025-04/..")))
    assert find(opened, "recorded").rows == []
    assert len(find(opened, "april 2025").rows) == 2


# -- words and their forms


@pytest.mark.parametrize(
    ("asked", "title"),
    [
        ("treaties", "A treaty"), ("treaty", "Two treaties"), ("summits", "Summit"),
        ("summit", "The summits"), ("marches", "A march"), ("boxes", "Box"), ("days", "A day"),
        ("day", "Two days"), ("passes", "Pass"), ("pass", "The passes"), ("deal", "An agreement"),
        ("deals", "An agreement"), ("trip", "A visit"), ("armenian", "Armenia"),
        ("armenia", "The Armenian side"), ("iranian", "Iran"), ("european", "Europe"),
        ("israeli", "Israel"), ("turkish", "Turkey"), ("JF17", "The JF-17 aircraft"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("where", ["{}", "{} nothing", "nothing {} "])
def test_other_forms_of_a_word_match(made: Make, asked: str, title: str, where: str) -> None:
    opened = made(
        dossier(event("a-1", title=f"{title}, nothing else"), event("b-1", title="Nothing"))
    )
    assert ids(find(opened, where.format(asked))) == ["a-1"]
    assert find(opened, where.format(asked)).notes == ()
    assert ids(find(opened, f"nothing -{asked}")) == ["b-1"]


def test_a_phrase_has_no_other_forms(made: Make) -> None:
    opened = made(dossier(event("a-1", title="Two treaties"), event("b-1", title="A treaty here")))
    assert ids(find(opened, '"a treaty"')) == ["b-1"]
    assert ids(find(opened, '"treaties"')) == ["a-1"]


@pytest.mark.parametrize(
    ("query", "same"),
    [
        ("agreements with russia", "agreements russia"),
        ("who signed shusha", "signed shusha"),
        ("what was the gas for", "gas "),
        ("саммит в габале", "саммит габале"),
    ],
)
def test_words_that_say_nothing_exclude_nothing(shipped: Dossier, query: str, same: str) -> None:
    assert ids(find(shipped, query)) == ids(find(shipped, same)) != []


def test_words_that_say_nothing_are_looked_for_where_there_are_no_others(made: Make) -> None:
    opened = made(dossier(event("who-1", title="The WHO and its office"), event("b-1")))
    assert ids(find(opened, "who")) == ids(find(opened, "the who")) == ["who-1"]


def test_a_word_that_names_a_type_brings_what_is_of_it_first(made: Make) -> None:
    opened = made(
        dossier(
            event("talks-1", title="Gas for the town", summary="Agreement on a contract is near."),
            event("deal-1", title="Gas for the port", type="agreement", instrument="contract"),
        )
    )
    for query in ("gas agreements", "gas contract", "agreement gas", "gas deal"):
        assert ids(find(opened, query))[0] == "deal-1", query


def test_a_place_is_found_by_its_name_in_titles_whichever_of_its_names_is_typed(
    made: Make,
) -> None:
    place = {"id": "shusha", "name": "Shusha", "aliases": ["Шуша", "Şuşa"], "country": "AZ",
             "lat": 39.8, "lon": 46.7}  # fmt: skip
    opened = made(
        dossier(
            event("talks-1", title="Talks", place="shusha"),
            event("declaration-1", title="Shusha Declaration", place="shusha"),
            places=table(place),
        )
    )
    for query in ("Шуша", "Şuşa", "shusha"):
        assert ids(find(opened, query)) == ["declaration-1", "shusha", "talks-1"], query


def test_a_record_that_much_leads_to_comes_before_one_like_it(made: Make) -> None:
    opened = made(
        dossier(
            event("pact-1", title="Lagoon pact"),
            event("pact-2", title="Lagoon pact"),
            *(event(f"other-{n}", summary="After [[pact-2]].") for n in range(3)),
        )
    )
    assert ids(find(opened, "lagoon"))[:2] == ["pact-2", "pact-1"]


# -- what an event is


def test_what_is_planned_begins_after_the_day_of_the_dossier(made: Make) -> None:
    opened = made(
        dossier(
            event("day-1", date="2025-12-01"),
            event("next-1", date="2025-12-02"),
            event("vague-1", date="2025-12"),
            event("later-1", date="2026"),
            event("open-1", date="../2027"),
        )
    )
    assert ids(find(opened, "is:planned")) == ["later-1", "next-1"]
    assert set(ids(find(opened, "-is:planned"))) == {"day-1", "vague-1", "open-1"}
    assert ids(find(opened, "IS:PLANNED type:summit")) == []


def test_of_a_year_what_has_happened_comes_before_what_is_planned(made: Make) -> None:
    opened = made(
        dossier(
            event("early-1", date="2025-01-02"),
            event("next-1", date="2025-12-02"),
            event("long-1", date="2019/.."),
            regions=table({"id": "shore", "name": "Shore", "summary": "Quiet until 2025."}),
        )
    )
    assert ids(find(opened, "2025")) == ["early-1", "next-1", "long-1", "shore"]
    assert ids(find(opened, "on:2025")) == ["early-1", "next-1", "long-1"]


def test_what_is_disputed_or_rests_on_one_source(made: Make) -> None:
    def claim(value: str, source: str) -> Fields:
        cites = [{"source": source}]
        return {"kind": "fact", "text": "So.", "about": "day", "value": value, "cites": cites}

    opened = made(
        dossier(
            event("agreed-1", claims=[claim("1", "a"), claim("1", "b")]),
            event("single-1", claims=[claim("1", "a"), claim("2", "a")]),
            event("disputed-1", claims=[claim("1", "a"), claim("2", "b")]),
            event("bare-1"),
        )
    )
    assert set(ids(find(opened, "is:disputed"))) == {"single-1", "disputed-1"}
    assert ids(find(opened, "is:single-source")) == ["single-1"]
    assert ids(find(opened, "is:disputed -is:single-source")) == ["disputed-1"]


def test_an_agreement_is_found_by_any_of_its_steps(made: Make) -> None:
    def steps(*actions: str) -> list[Fields]:
        return [{"action": action, "date": f"2025-0{n}"} for n, action in enumerate(actions, 1)]

    opened = made(
        dossier(
            event("ended-1", type="agreement", steps=steps("signed", "in-force", "ended")),
            event("forced-1", type="agreement", steps=steps("in-force", "amended", "amended")),
            event("signed-1", type="agreement", steps=steps("signed")),
            event("none-1", type="agreement", title="In force"),
        )
    )
    assert set(ids(find(opened, "step:in-force"))) == {"ended-1", "forced-1"}
    assert ids(find(opened, "step:In-Force -step:ended")) == ["forced-1"]
    assert ids(find(opened, "step:signed -step:in-force")) == ["signed-1"]


@pytest.mark.parametrize("kind", ["event", "region", "actor", "place", "source"])
def test_a_kind_of_record_is_asked_for_as_a_type_is(small: Dossier, kind: str) -> None:
    found = find(small, f"type:{kind}", limit=-1)
    assert [row.id for row in found.rows if row.kind != kind] == []
    assert {row.id for row in found.rows} == set(small.ids("", kind))


def test_a_tag_is_not_found_by_the_beginning_of_another_form(made: Make) -> None:
    tags = ("gaza", "energies", "renewable energy")
    opened = made(dossier(*(event(f"tag-{n}", tags=[tag]) for n, tag in enumerate(tags))))
    assert ids(find(opened, "tag:gas")) == []
    assert ids(find(opened, "tag:gaz")) == ["tag-0"]
    assert ids(find(opened, "tag:energy")) == ["tag-1"]
    assert ids(find(opened, "tag:renewables")) == ["tag-2"]


def test_what_is_disputed_is_what_the_pages_show_so(shipped: Dossier) -> None:
    found = set(ids(find(shipped, "is:disputed", limit=10**6)))
    events = shipped.rows(range(1, shipped.total + 1))
    shown = {row.id for row in events if any(
        isinstance(block, Differ) for block in page_of(shipped, row).blocks
    )}  # fmt: skip
    assert found == shown != set()


def test_what_the_reader_kept_is_handed_in(small: Dossier) -> None:
    kept = {"marked": ["lodz-summit-2025", "rauf-aliyev"], "noted": ["lodz-accord-2025"]}
    for query, found in (
        ("is:marked", {"lodz-summit-2025", "rauf-aliyev"}),
        ("is:marked id:rauf", {"rauf-aliyev"}),
        ("is:noted", {"lodz-accord-2025"}),
        ("is:noted is:marked", set()),
    ):
        assert set(ids(search(small, parse(query), kept=kept))) == found, query
    assert "lodz-summit-2025" not in ids(search(small, parse("-is:marked"), kept=kept))
    assert ids(find(small, "is:marked")) == [], "without a notebook nothing is marked"


def test_the_reader_may_have_kept_more_than_sqlite_takes_and_what_is_no_text(
    small: Dossier,
) -> None:
    limit = small.connection.getlimit(sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER)
    kept = {"marked": ["half-\ud800", *map(str, range(limit)), "lodz-summit-2025"]}
    assert ids(search(small, parse("is:marked"), kept=kept)) == ["lodz-summit-2025"]


def test_at_most_so_many_are_returned_and_all_are_counted(shipped: Dossier) -> None:
    found = find(shipped, "declaration", limit=3)
    assert len(found.rows) == 3 < found.total
    assert ids(found) == ids(find(shipped, "declaration", limit=50))[:3]


@pytest.mark.parametrize("query", ["gabala", "rauf", "type:agreement", "e"])
def test_a_limit_below_zero_returns_all(small: Dossier, query: str) -> None:
    found = find(small, query, limit=-1)
    assert ids(found) == ids(find(small, query, limit=1000))
    assert len(found.rows) == found.total > 1


@pytest.mark.parametrize(
    ("date", "on", "after", "before"),
    [
        ("2025-09-30", False, False, True),
        ("2025-09-30/2025-10-01", True, False, True),
        ("2025-10", True, False, False),
        ("2025-10-31", True, False, False),
        ("2025-10-31/2025-11-01", True, True, False),
        ("2025-11", False, True, False),
        ("2025", True, True, True),
        ("2025-23", True, True, True),
        ("2020/..", True, True, True),
        ("2026/..", False, True, False),
        ("../2024", False, False, True),
    ],
)
def test_an_event_on_after_or_before_october_2025(
    made: Make, date: str, on: bool, after: bool, before: bool
) -> None:
    opened = made(dossier(event("one-2025", date=date)))
    for field, holds in (("on", on), ("after", after), ("before", before)):
        assert ids(find(opened, f"{field}:2025-10")) == ["one-2025"] * holds
        assert ids(find(opened, f"-{field}:2025-10")) == ["one-2025"] * (not holds)


# -- what was changed is said


def test_a_word_with_a_slip_is_corrected_and_it_says_so(shipped: Dossier) -> None:
    found = find(shipped, "tianjn")
    assert found.notes == ('no "tianjn"; showing "tianjin"',)
    assert found.words == ("tianjin",)


def test_every_corrected_word_is_named(shipped: Dossier) -> None:
    notes = find(shipped, "washingon sumit").notes
    assert notes[0] == 'no "washingon"; showing "washington"'


@pytest.mark.parametrize("query", ["tianjin", "Qəbələ", "Пашинян", "xi'an", "north-south"])
def test_what_is_found_as_it_stands_is_not_remarked_upon(shipped: Dossier, query: str) -> None:
    assert find(shipped, query).notes == ()


@pytest.mark.parametrize(
    ("query", "note"),
    [
        ("xqzvvv", 'no "xqzvvv"'),
        ("gabala xqzvvv", 'no "xqzvvv"'),
        ("!!!", 'nothing to look for in "!!!"'),
        ("actor:scholzz", 'no actor "scholzz"; there is Olaf Scholz'),
        ("type:sumit", 'no type "sumit"; there is summit'),
        ("region:atlantis", 'no region "atlantis"; there is South Caucasus, '),
        ("region:georgia", 'no region "georgia"; there is actor:georgia, tag:georgia'),
        ('place:"ilham aliyev"', 'no place "ilham aliyev"; there is actor:"ilham aliyev"'),
    ],
)
def test_what_nothing_has_is_named_with_what_there_is(
    shipped: Dossier, query: str, note: str
) -> None:
    found = find(shipped, query)
    assert found.rows == []
    assert found.notes[0].startswith(note)


def test_no_title_is_taken_for_a_publisher(shipped: Dossier) -> None:
    assert find(shipped, "source:reuterz").notes == ('no source "reuterz"',)


def test_the_commoner_of_two_near_words_is_meant(made: Make) -> None:
    opened = made(
        dossier(event("a-1", title="port"), event("b-1", title="part"), event("c-1", title="part"))
    )
    assert find(opened, "pqrt").notes == ('no "pqrt"; showing "part"',)


@pytest.mark.parametrize(
    ("query", "word"),
    [
        ("plane tirana", "plane"),
        ("gabala on:2019", "on:2019"),
        ("gabala -gabala", "gabala"),
        ('tirana "silk road"', "silk road"),
        ("type:summit on:1999", "on:1999"),
    ],
)
def test_the_word_that_is_in_the_way_is_named(shipped: Dossier, query: str, word: str) -> None:
    found = find(shipped, query)
    assert found.rows == []
    assert found.notes == (f'nothing found: no record has "{word}" together with the rest',)
    without = " ".join(query.replace('"', "").replace(word, "", 1).split())
    assert word == "gabala" or find(shipped, without).rows, "without it something is found"


def test_where_no_one_word_is_in_the_way_none_is_named(made: Make) -> None:
    opened = made(dossier(*(event(f"{way}-1", title=way) for way in ("north", "south", "east"))))
    assert find(opened, "north south east").notes == ()
    assert find(opened, "north south").rows == []


def test_words_that_nothing_has_together_are_found_with_other_endings(shipped: Dossier) -> None:
    found = find(shipped, "putin apology")
    assert ids(found)[0] == "azal-crash-2024"
    assert found.notes == ('no record has all words with "apology"; showing "apolo…"',)
    assert found.changed == (("apology", "apolo…"),)


def test_a_word_that_nothing_has_is_found_with_another_ending(made: Make) -> None:
    opened = made(dossier(event("a-1", title="Apologetically at the port")))
    found = find(opened, "apology port")
    assert ids(found) == ["a-1"]
    assert found.notes == ('no "apology"; showing "apolog…"',)


def test_the_nearest_spelling_is_named_where_none_is_near_enough(made: Make) -> None:
    opened = made(dossier(event("a-1", title="Intergovernmental talks")))
    note = find(opened, "intergouvernementales talks").notes[0]
    assert note == 'no "intergouvernementales"; nearest: "intergovernmental"'


def test_what_stands_in_sources_alone_is_found_last_and_is_no_correction(made: Make) -> None:
    source = {"id": "s", "title": "The lagoon in winter", "date": "2025", "language": "en",
              "type": "news", "publisher": "Harbour Post", "author": "Ann Lee"}  # fmt: skip
    opened = made(dossier(event("a-1", title="Talks on the lagon"), sources=table(source)))
    assert ids(find(opened, "lagoon")) == ["a-1"]
    assert ids(find(opened, "type:news lagoon")) == ["s"]
    for query in ("winter", "lagoon in winter", "harbour post", "ann lee"):
        assert (ids(answer := find(opened, query)), answer.notes) == (["s"], ())
    assert ids(find(opened, "winter on:2025")) == []
    assert ids(find(opened, "winter region:nowhere")) == []


def test_type_source_is_every_source_of_whatever_type(made: Make) -> None:
    source = {"id": "s", "title": "Lagoon", "date": "2025", "language": "en", "type": "news"}
    other = source | {"id": "t", "title": "Winter", "type": "dataset"}
    opened = made(dossier(event("a-1", title="Lagoon"), sources=table(source, other)))
    assert sorted(ids(find(opened, "type:source"))) == ["s", "t"]
    assert ids(find(opened, "type:source lagoon")) == ["s"]
    assert ids(find(opened, "lagoon -type:source")) == ["a-1"]


def test_what_was_typed_at_length_is_told_in_brief(small: Dossier) -> None:
    (note,) = find(small, "x" * 900).notes
    assert len(note) < 80


# -- what is looked through, and how it weighs


def test_titles_weigh_more_than_summaries_and_these_more_than_claims(made: Make) -> None:
    claim = {"kind": "fact", "text": "The lagoon was named.", "cites": []}
    opened = made(
        dossier(
            event("claim-2025", title="Some talks", claims=[claim]),
            event("summary-2025", title="More talks", summary="Talks about the lagoon."),
            event("alias-2025", title="A third meeting", aliases=["lagoon talks"]),
            event("title-2025", title="Lagoon talks"),
        )
    )
    assert ids(find(opened, "lagoon")) == [
        "title-2025", "alias-2025", "summary-2025", "claim-2025",
    ]  # fmt: skip
    assert ids(find(opened, "the lagoon in 2025")) == ids(find(opened, "lagoon"))


def test_an_agreement_is_found_through_the_summit_it_came_out_of(small: Dossier) -> None:
    assert "ferry-protocol-2025" in ids(find(small, "summit łódź"))
    assert "amber-route-2025" in ids(find(small, "lodz summit")), "two levels down"


def test_people_are_found_through_what_they_took_part_in(small: Dossier) -> None:
    assert "anna-lukasik" in ids(find(small, "łódź accord"))
    assert "gia-beridze" not in ids(find(small, "łódź accord"))


@pytest.mark.parametrize(
    ("query", "id_"),
    [("Sakartvelo", "passes-treaty-2025"), ("Bursztynowy", "lodz-summit-2025"),
     ("delegations", "lodz-summit-2025"), ("harbours", "amber-route-2025"),
     ("Lodz", "lodz-accord-2025"), ("გია", "tbilisi-visit-2025"), ("breakfast", "anna-lukasik")],
)  # fmt: skip
def test_names_of_what_belongs_to_it_facts_and_tags_are_looked_through(
    small: Dossier, query: str, id_: str
) -> None:
    assert id_ in ids(find(small, query, limit=50))


def test_all_words_must_match_and_the_last_may_go_on(small: Dossier) -> None:
    assert "passes-treaty-2025" in ids(find(small, "treaty pas"))
    assert "passes-treaty-2025" not in ids(find(small, "treaty ferry"))
    assert find(small, "tre passes").notes == (), (
        "another word may go on where nothing has it whole"
    )


def test_a_phrase_stands_in_a_row(small: Dossier) -> None:
    assert ids(find(small, '"accord on ferries"'))[0] == "lodz-accord-2025"
    assert find(small, '"ferries on accord"').rows == []


def test_what_is_left_out_is_left_out(small: Dossier) -> None:
    everything, without = ids(find(small, "summit")), ids(find(small, "summit -lodz"))
    assert set(without) < set(everything)
    assert "gabala-summit-2025" in without
    assert not {"lodz-summit-2025", "lodz-accord-2025"} & set(without)
    assert "lodz-summit-2025" not in ids(find(small, "-region:amber-shore"))
    assert ids(find(small, '-"accord on ferries" type:agreement'))[0] == "council-charter-2026"


# -- fields


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("type:summit", ["gabala-summit-2025", "lodz-summit-2025"]),
        ("type:summits", ["gabala-summit-2025", "lodz-summit-2025"]),
        ("type:protocol", ["ferry-protocol-2025"]),
        ("type:AGREE on:2025-10", ["passes-treaty-2025"]),
        ("region:islands", []),
        ("region:bursztynowy type:decision", ["toll-decision-2025"]),
        ("actor:Алиев type:visit", ["tbilisi-visit-2025"]),
        ("actor:rauf-aliyev type:visit", ["tbilisi-visit-2025"]),
        ('actor:"rauf aliyev" type:visit', ["tbilisi-visit-2025"]),
        ("place:qebele", ["passes-treaty-2025", "gabala-summit-2025"]),
        ("place:Tbilisi", ["tbilisi-visit-2025"]),
        ("tag:ferries type:summit", ["lodz-summit-2025"]),
        ("source:atlas", ["harbour-opening-2020", "passes-dispute-1990"]),
        ('source:"harbour review" type:agreement', ["passes-treaty-2025", "lodz-accord-2025"]),
        ("id:lodz-s", ["lodz-summit-2025"]),
        ("id:rauf", ["rauf-aliyev"]),
        ("type:person actor:x", []),
        ("type:company", ["amber-lines"]),
        ("on:2025-10", ["passes-treaty-2025", "gabala-summit-2025", "amber-route-2025",
                        "council-chair-2024"]),
        ("on:2025-10-07 type:summit", ["gabala-summit-2025"]),
        ("on:2025-10-08 type:summit", []),
        ("after:2025-11", ["council-charter-2026", "amber-route-2025", "council-chair-2024"]),
        ("before:2020", ["passes-dispute-1990"]),
        ("after:2025-08 before:2025-09-02", ["envoys-meeting-2025", "amber-route-2025",
                                             "council-chair-2024"]),
    ],
)  # fmt: skip
def test_fields(small: Dossier, query: str, found: list[str]) -> None:
    assert ids(find(small, query, limit=50)) == found


def test_an_event_counts_on_any_of_its_days_however_vague(made: Make) -> None:
    opened = made(
        dossier(
            event("day-2025", date="2025-10-07"),
            event("span-2025", date="2025-10-06/2025-10-07"),
            event("month-2025", date="2025-10"),
            event("year-2025", date="2025"),
            event("open-2025", date="2025-08-31/.."),
            event("other-2025", date="2025-11-01"),
        )
    )
    assert set(ids(find(opened, "on:2025-10"))) == {
        "day-2025", "span-2025", "month-2025", "year-2025", "open-2025",
    }  # fmt: skip
    assert "span-2025" in ids(find(opened, "on:2025-10-06"))
    assert "day-2025" not in ids(find(opened, "on:2025-10-06"))
    assert ids(find(opened, "-on:2025-10")) == ["other-2025"]


# -- what may stand in the way


@pytest.mark.parametrize(
    "query",
    ['a"b', "NEAR(a b)", "title", "a* OR b", "x^2", "{a}", "a AND NOT b", "'", "-'", "a\0b"],
)
def test_signs_of_full_text_search_are_only_signs(small: Dossier, query: str) -> None:
    find(small, query)
    find(small, query, typing=True)


@pytest.mark.parametrize(
    "term",
    ["{}", "-{}", '"{} port"', "type:{}", "-actor:a{}", "source:{}", "on:2{}", "-on:2{}", "id:{}"],
)
def test_as_many_terms_as_a_query_may_have_are_no_fault(small: Dossier, term: str) -> None:
    query = " ".join(term.format(f"{n:03}") for n in range(1, 257))
    find(small, query)
    find(small, query, typing=True)
    search(small, parse(query), sort="newest")


def test_a_dossier_without_events_finds_nothing_and_says_what(made: Make) -> None:
    opened = made(dossier(actors=table({"id": "x", "name": "Xavier", "type": "person"})))
    assert find(opened, "").rows == []
    assert ids(find(opened, "xavier")) == ["x"]
    assert find(opened, "nobody").notes == ('no "nobody"',)
