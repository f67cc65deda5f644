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
    "explain": "explain clarify specify describe detail outline",
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
# Forms that are far more often nouns or something else than reporting verbs: cues only where the
# word before shows a verb, as in "went on to state".
AMBIGUOUS = frozenset(
    """state text texts post posts order orders question questions appeal appeals request requests demand
    demands begin begins beginning hear hearing estimate estimates blog blogs report reports attack attacks
    point points feeling share shares address addresses terms brand brands label labels call calls object
    objects detail details signal signals voice voices claims comment comments answer answers counter learning
    dispute disputes query note praise blame promise pledge pledges cry learned expect expecting
    forecast forecasts mock counters reflect reflects recall remark remarks""".split()
)
SHOWS_VERB = frozenset("to not n't n’t will would did do does can could may might must should i we you they".split())
# These open indirect directives: "urged the DPRK to cease".
DIRECTIVE = frozenset({"urge", "ask", "promise", "warn"})

# What is thought, felt, wanted or done, not said: reported clauses after these are nobody's words.
THOUGHT = frozenset(
    """think believe feel want hope expect fear know see seem appear wish like love hate prefer plan intend decide
    choose support oppose favor favour back need doubt suspect assume understand worry care try aim seek look
    realize realise remember forget imagine dream enjoy trust consider view regard perceive prove show mean make
    concern belief view opinion feeling desire intention decision plan interest willing ready
    likely eager reluctant decline refuse fail afraid concerned
    convinced aware sure certain confident worried happy proud""".split()
)

# An infinitive after these is what is urged or promised.
DIRECTING = frozenset(
    """urge ask call demand request order tell advise exhort instruct implore plead beg encourage recommend appeal
    promise pledge vow swear threaten warn caution propose invite direct command challenge press agree offer""".split()
)
# And a gerund after these, what is admitted or denied.
ADMITTING = frozenset("admit deny acknowledge confess recall mention suggest recommend propose describe report".split())

AUXILIARIES = frozenset(
    "is are was were be been being am has have had do does did will would shall should can could may might "
    "must 's 're 've 'll 'd ’s ’re ’ve ’ll ’d wo ca n't n’t not".split()
)
ADVERBS = frozenset(
    "also further later earlier previously then now again recently reportedly once still always often even just "
    "quickly repeatedly publicly simply only already yesterday today tonight never famously flatly bluntly "
    "however therefore thus meanwhile additionally separately specifically ultimately emphatically finally "
    "jokingly notably rightly strongly thereafter nevertheless too as well first yet so".split()
)


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
def clausal_forms() -> dict[str, Act]:
    """Return the act of every form of a verb that takes speech or a reported clause."""
    return _forms(CLAUSAL)


@cache
def naming_forms() -> dict[str, Act]:
    """Return the act of every form of a verb that takes quoted words but no clause."""
    return _forms(NAMING)


@cache
def _lemmas() -> dict[str, str]:
    return {form: lemma for lemma in THOUGHT | DIRECTING | ADMITTING for form in _inflect(lemma)}


def lemma_of(word: str, lemma: str) -> str:
    """Return the lemma of a form of one of the verbs above, whatever the lemmatizer takes it for (`urg` of `urged`)."""
    return _lemmas().get(word.lower(), lemma.lower())


def act_of(cue: str) -> Act:
    """Return the act that a cue stands for; `say` for `:`, `according to` and unknown words."""
    for word in cue.lower().split():
        act = clausal_forms().get(word) or naming_forms().get(word)
        if act:
            return act
    return "say"
