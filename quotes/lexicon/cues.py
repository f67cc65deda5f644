"""Cue words: the verbs and phrases that say somebody said something, and the act each stands for."""

from __future__ import annotations

from functools import cache

from ..records import Act

# What a report does with the words; one lemma stands once. The lists are ours, from reading news.
CLAUSAL: dict[Act, str] = {
    # Verbs that take quoted speech or a reported clause, with or without "that".
    "say": """say tell state comment note observe remark mention reveal recall feel think believe consider
        indicate reckon joke quip laugh smile sigh cry shout yell exclaim whisper mutter boast muse begin
        conclude testify underline underscore highlight stress emphasize emphasise point relay elaborate
        reiterate repeat quote cite signal hear reflect inform notify learn lament voice read remind""",
    "add": "add continue",
    "ask": "ask wonder inquire enquire question query",
    "claim": "claim allege assert contend maintain insist argue",
    "deny": "deny reject refute dispute dismiss rebut",
    "warn": "warn caution threaten",
    "urge": "urge exhort advise appeal demand request order instruct implore plead beg encourage recommend",
    "promise": "promise pledge vow swear guarantee assure undertake",
    "announce": "announce declare proclaim unveil",
    "confirm": "confirm acknowledge admit concede agree accept affirm confess",
    "explain": "explain clarify specify detail outline",
    "suggest": "suggest propose hint imply speculate",
    "criticize": "complain grumble protest object fume",
    "write": "write tweet post blog text",
    "reply": "reply respond answer retort counter",
    "predict": "predict forecast estimate expect",
    "report": "report disclose",
}
NAMING: dict[Act, str] = {
    # Verbs that take a thing and the words for it, but no clause: "called it “a disgrace”".
    "say": "call term label brand dub characterize characterise refer speak express share address",
    "criticize": "criticize criticise slam blast condemn denounce decry accuse blame attack rebuke mock",
    "explain": "describe",
    "praise": "praise hail laud welcome commend applaud thank congratulate",
}

_IRREGULAR = {
    "say": "says said saying",
    "tell": "tells told telling",
    "write": "writes wrote written writing",
    "think": "thinks thought thinking",
    "feel": "feels felt feeling",
    "begin": "begins began begun beginning",
    "swear": "swears swore sworn swearing",
    "undertake": "undertakes undertook undertaken undertaking",
    "hear": "hears heard hearing",
    "speak": "speaks spoke spoken speaking",
    "admit": "admits admitted admitting",
    "refer": "refers referred referring",
    "dub": "dubs dubbed dubbing",
    "blog": "blogs blogged blogging",
    "quip": "quips quipped quipping",
    "beg": "begs begged begging",
    "rebut": "rebuts rebutted rebutting",
    "label": "labels labelled labeled labelling labeling",
    "signal": "signals signalled signaled signalling signaling",
    "forecast": "forecasts forecast forecasting",
    "read": "reads reading",
    "slam": "slams slammed slamming",
    "learn": "learns learned learnt learning",
}


def _inflect(lemma: str) -> list[str]:
    if lemma in _IRREGULAR:
        return [lemma, *_IRREGULAR[lemma].split()]
    if lemma.endswith("e"):
        return [lemma, lemma + "s", lemma + "d", lemma[:-1] + "ing"]
    if lemma.endswith("y") and lemma[-2] not in "aeiou":
        return [lemma, lemma[:-1] + "ies", lemma[:-1] + "ied", lemma + "ing"]
    return [
        lemma,
        lemma + ("es" if lemma.endswith(("s", "sh", "ch", "x")) else "s"),
        lemma + "ed",
        lemma + "ing",
    ]


def _forms(lemmas_by_act: dict[Act, str]) -> dict[str, Act]:
    return {form: act for act, lemmas in lemmas_by_act.items() for lemma in lemmas.split() for form in _inflect(lemma)}


@cache
def _acts() -> dict[str, Act]:
    """Return the act of every form of a reporting verb."""
    return _forms(NAMING) | _forms(CLAUSAL)


def act_of(cue: str) -> Act:
    """Return the act that a cue stands for; `say` for `:`, `according to` and unknown words."""
    return next((act for word in cue.lower().split() if (act := _acts().get(word))), "say")


def is_cue(word: str) -> bool:
    """Return whether a word is a form of a verb that says somebody said something."""
    return word.lower() in _acts()


def names(cue: str) -> bool:
    """Return whether a cue takes no clause but a name for something: `called it “a disgrace”`, `described as`."""
    return any(word in _names() for word in cue.lower().split())


@cache
def _names() -> frozenset[str]:
    return frozenset(_forms(NAMING))
