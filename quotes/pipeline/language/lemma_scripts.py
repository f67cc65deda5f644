"""How a word becomes its lemma, as a rule that other words share.

A script is what a lemmatizer learns to choose, in the manner of UDPipe (Straka et al. 2019): whether the
lemma is in lower case, how many signs are cut from the end, and what is put there. `studies` and
`parties` share `lower|3|y`. A lemma that is not made so (`better`: `good`) is a script of its own: `lower||good`.
"""

from __future__ import annotations

from itertools import takewhile

SAME = "same|0|"
"""The script of a word that is its own lemma."""


def script_of(form: str, lemma: str) -> str:
    """Return the script that makes `lemma` of `form`."""
    if form == lemma:
        return SAME
    case = "lower" if lemma.islower() or not any(sign.isalpha() for sign in lemma) else "same"
    source = form.lower() if case == "lower" else form
    shared = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(source, lemma, strict=False)))
    if shared == 0 or len(source) - shared > 4:
        return f"{case}||{lemma}"
    return f"{case}|{len(source) - shared}|{lemma[shared:]}"


def apply(script: str, form: str) -> str:
    """Return the lemma that a script makes of `form`; `form` itself in lower case, where it does not fit."""
    case, cut, ending = script.split("|", 2)
    source = form.lower() if case == "lower" else form
    if not cut:
        return ending
    if cut != "0" and int(cut) >= len(source):
        return form.lower()
    return source[: len(source) - int(cut)] + ending
