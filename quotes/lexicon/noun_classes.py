"""What sorts of people and bodies nouns stand for: `the carrier` is a company, as `Moss Airways` is one."""

from __future__ import annotations

_SORTS = {
    "company": """company companies firm firms corporation corp inc ltd co plc llc holdings group manufacturer maker
        carmaker retailer operator startup start-up developer supplier airline airlines airways airlift
        carrier conglomerate brand chain enterprise enterprises industries technologies motors energy
        platform app business businesses lender insurer chipmaker telecom telecoms broker brokerage securities foods
        stores pharmaceuticals pharma bakery brewery brewer winery distillery shipyard shipbuilder builder housebuilder
        wholesaler publisher label studio studios exporter importer miner steelmaker drugmaker automaker shipper
        railway railways lines ferries freight logistics hotel hotels supermarket supermarkets grocer franchise
        consultancy consultants bookmaker subsidiary multinational utility""",
    "bank": "bank banks lender banking",
    "state": """government governments administration cabinet state states country nation kingdom republic
        presidency palace house capital regime authorities emirates union""",
    "ministry": """ministry ministries department departments agency agencies authority authorities bureau office
        administration commission commissioner regulator watchdog service services directorate secretariat
        inspectorate treasury centre center body""",
    "board": "board commission committee council panel body assembly task force taskforce advisory",
    "court": "court courts tribunal bench judiciary",
    "parliament": "parliament congress senate assembly legislature house knesset commons duma chamber",
    "party": """party parties democrats republicans alliance coalition caucus opposition front labour conservatives
        liberals greens democrat republican campaign""",
    "campaign": "campaign team camp ticket pac super",
    "police": "police force constabulary precinct station sheriff patrol",
    "army": "army military forces navy force idf guard command militia coastguard",
    "media": """newspaper paper daily channel broadcaster outlet website magazine agency portal times post herald
        tribune journal news radio tv television network gazette press publication weekly tabloid station
        show program""",
    "school": "university universities school schools college institute institution academy faculty",
    "union": """union unions association federation confederation society organisation organization group groups ngo
        charity foundation movement network league alliance body fund coalition chamber guild brotherhood""",
    "club": "club team side squad fc afc rfc united city association wanderers rovers albion athletic rangers",
    "church": "church diocese vatican parish synod archdiocese",
    "hospital": "hospital clinic infirmary centre center",
    "museum": "museum museums gallery",
    "municipality": "council city town municipality county district province mayor village commune",
    "lawyer": "lawyer lawyers attorney attorneys counsel solicitor barrister advocate defender",
    "prosecutor": "prosecutor prosecutors prosecution attorney",
    "spokesperson": "spokesperson spokesman spokeswoman spokespeople",
    "lawmaker": """lawmaker lawmakers mp mps senator senators congressman congresswoman representative legislator
        parliamentarian councillor councilor assemblyman deputy republican democrat""",
    "leader": """leader leaders chief head chair chairman chairwoman chairperson president boss captain secretary
        general""",
    "officer": """officer officers inspector detective constable sergeant superintendent commissioner sheriff
        policeman""",
    "executive": "executive ceo founder director manager boss owner president chairman entrepreneur businessman",
    "researcher": """researcher researchers scientist scientists professor lecturer academic academics author scholar
        economist analyst expert experts specialist analysts epidemiologist virologist biologist historian
        psychologist""",
    "author": "author writer novelist journalist reporter columnist editor poet",
    "soldier": "general colonel major captain lieutenant commander admiral soldier marshal",
    "doctor": "doctor physician surgeon nurse paediatrician dr medic",
    "cleric": "bishop archbishop cardinal priest pastor imam rabbi reverend pope vicar",
    "athlete": "player captain midfielder striker goalkeeper defender coach driver rider runner star champion",
    "artist": "actor actress singer rapper artist musician filmmaker director comedian",
    "minister": "minister secretary premier chancellor pm",
    "president": "president presidents",
    "judge": "judge judges justice magistrate",
    "candidate": "candidate nominee frontrunner",
    "diplomat": "ambassador envoy diplomat consul",
    "monarch": "king queen prince princess emperor emir amir sheikh highness majesty sultan",
}
NOUN_CLASSES: dict[str, frozenset[str]] = {
    noun: frozenset(sort for sort, nouns in _SORTS.items() if noun in nouns.split())
    for nouns in _SORTS.values()
    for noun in nouns.split()
}
"""The sorts of each noun."""
AGENTS = ("er", "or")
"""How nouns end that may be of a person too, by what is done: `the broker`, `the publisher`."""
