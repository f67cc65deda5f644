"""What stands before and behind the names of people: honorifics, titles, styles, suffixes."""

from __future__ import annotations

ABBREVIATED = frozenset(
    """mr mrs ms cmdr dr prof rev fr sen rep gov gen col capt lt maj sgt pres messrs cllr clr supt insp det cpl pte brig
    adm amb engr msgr mgr mme""".split()
)
"""Honorifics that are nobody's name: `Tan` and `Bishop` may be."""
HONORIFICS = ABBREVIATED | frozenset(
    """miss sir dame lord lady hon st smt shri mx madam madame ustad ustaz sheikh sheikha hajj haji alhaji
    alhaja hajia hajiya mallam otunba comrade cr ald datuk dato seri tan sri tun imam pastor bishop father
    sister brother judge justice asi ssp dsp acp dcp dig igp h.e woizero daw encik datin dato' dato’ herr frau
    monsieur signor signora señor señora doña maulana kyai""".split()
)

TAKEN_UP_BY = {
    short: frozenset(nouns.split())
    for short, nouns in (
        ("adm", "admiral"), ("ald", "alderman"), ("amb", "ambassador envoy"), ("brig", "brigadier"),
        ("capt", "captain"), ("cllr", "councillor councilor"), ("clr", "councillor councilor"),
        ("cmdr", "commander"), ("col", "colonel"), ("cpl", "corporal"), ("cr", "councillor councilor"),
        ("det", "detective"), ("dr", "doctor"), ("engr", "engineer"), ("fr", "priest cleric"),
        ("gen", "general"), ("gov", "governor"), ("insp", "inspector"), ("lt", "lieutenant"), ("maj", "major"),
        ("mgr", "monsignor"), ("msgr", "monsignor"), ("pres", "president"), ("prof", "professor"),
        ("rep", "representative congressman congresswoman lawmaker"),
        ("rev", "reverend pastor clergyman cleric"),
        ("sen", "senator lawmaker"), ("sgt", "sergeant"), ("supt", "superintendent"),
    )
}  # fmt: skip
"""By what nouns those are taken up whom a title names: `Sen. Moss`, `the senator`."""

AFTER_NAME = frozenset("kc qc sc td mep frs dbe kbe mp mbe obe cbe phd md esq mla mna msp".split())
"""What stands after a name."""

TITLES = frozenset(
    "mr mrs ms miss dr sir dame lord lady president chancellor minister prime secretary senator sen rep congressman"
    " congresswoman governor gov mayor general gen colonel col captain king queen prince princess pope father sister"
    " brother professor prof judge justice chairman chairwoman officer sergeant lieutenant inspector".split()
)
"""Before a name; what two wordings of a quote may differ in."""

TITLES_AND_STYLES = TITLES | frozenset(
    "his her your excellency highness majesty holiness honour honor hon rt eminence shri smt ustad haji hajji sheikh"
    " shaikh sheik ayatollah hojjat hojatoleslam sultan datuk seri dato sri tun tengku samdech techo"
    " madam madame monsieur herr fr rev reverend archbishop bishop cardinal rabbi imam pastor pte cpl sgt"
    " lt capt maj brig adm cmdr chief vice deputy former interim acting ceo md justice advocate engineer eng".split()
)
"""Before a name, in all that the world's press writes; what is left out where names are compared."""

SUFFIXES = frozenset("jr sr ii iii iv phd md mbe obe cbe esq".split())
