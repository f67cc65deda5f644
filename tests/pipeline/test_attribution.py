"""Attributions on Docs built by hand: each word's vector is one-hot, the weights say what each place means."""

import numpy as np
import pytest
import spacy
from spacy.tokens import Doc

from quotes.pipeline.attribution import FARTHEST, Attributor, farness

WIDTH = 8
VOCAB = spacy.blank("en").vocab
OTHER, CUE, NAME, SAID_FIRST, SAID, DOUBT = range(6)
"""What a word is: nothing, a cue, a source, the first or a later word of a content, or rather none of it."""
ROLES = ["O", "B-source", "I-source", "B-content", "I-content"]


@pytest.fixture
def attributor():
    """A head in which names and what is said belong to a cue within three words of them."""
    cue = np.zeros((3, WIDTH))
    cue[1, CUE] = 9
    role = np.zeros((len(ROLES), WIDTH + 1, WIDTH + 1))
    role[0, -1, -1] = 3
    for label, kind in (("B-source", NAME), ("B-content", SAID_FIRST), ("I-content", SAID)):
        role[ROLES.index(label), CUE, kind] = 9
    role[ROLES.index("I-content"), CUE, DOUBT] = 2
    far = np.zeros((2 * FARTHEST + 1, len(ROLES)))
    far[: FARTHEST - 2, 0] = far[FARTHEST + 3 :, 0] = 20
    side = {"weight": np.eye(WIDTH), "bias": np.zeros(WIDTH)}
    weights = {"cue.weight": cue, "cue.bias": np.array([4.0, 0, 0]), "role": role, "far": far}
    weights |= {f"{part}.{key}": value for part in ("of_cue", "of_word") for key, value in side.items()}
    names = {"cue": ["O", "B-cue", "I-cue"], "role": ROLES}
    return Attributor(VOCAB, "attribution").take(names, weights)


def found(attributor, words, kinds, spaces=None, heads=None):
    doc = Doc(VOCAB, words=words, spaces=spaces, heads=heads, deps=heads and ["dep"] * len(heads))
    doc.tensor = np.eye(WIDTH, dtype=np.float32)[kinds]
    text = attributor(doc).text
    return [
        (text[slice(*a.cue)], [text[slice(*s)] for s in a.sources], [text[slice(*c)] for c in a.contents])
        for a in doc._.attributions
    ]


def test_each_cue_has_its_own_source_and_contents(attributor):
    words = ["Kim", "said", "we", "knew", ".", "x", "x", "x", "x", "x", "All", "along", "Lee", "added"]
    kinds = [NAME, CUE, SAID_FIRST, SAID, OTHER, 0, 0, 0, 0, 0, SAID_FIRST, SAID, NAME, CUE]
    assert found(attributor, words, kinds) == [("said", ["Kim"], ["we knew"]), ("added", ["Lee"], ["All along"])]


def test_a_content_in_two_pieces(attributor):
    words, kinds = ["Gone", ",", "Kim", "said", ",", "for", "good"], [3, OTHER, NAME, CUE, OTHER, 3, SAID]
    assert found(attributor, words, kinds) == [("said", ["Kim"], ["Gone", "for good"])]


def test_a_content_goes_on_with_what_hangs_on_it(attributor):
    words, kinds = ["Kim", "said", "all", "fell", "fast"], [NAME, CUE, SAID_FIRST, SAID, DOUBT]
    assert found(attributor, words, kinds) == [("said", ["Kim"], ["all fell"])]
    assert found(attributor, words, kinds, heads=[1, 1, 3, 1, 3]) == [("said", ["Kim"], ["all fell fast"])]
    assert found(attributor, words, kinds, heads=[1, 1, 3, 1, 1]) == [("said", ["Kim"], ["all fell"])]


def test_nothing_over_the_end_of_a_paragraph(attributor):
    words, kinds = ["Gone", "\n\n", "Kim", "said", "so"], [3, OTHER, NAME, CUE, 3]
    assert found(attributor, words, kinds, [0, 0, 1, 1, 0]) == [("said", ["Kim"], ["so"])]


@pytest.mark.parametrize("behind", [["#", "1", "is", "so"], ["•", "•", "•"]])
def test_a_paragraph_that_begins_with_a_sign(attributor, behind):
    words = ["So", ",", "Kim", "said", ".", "\n\n", *behind, "\n\n", "It", "fell", "."]
    kinds = [3, OTHER, NAME, CUE, OTHER, OTHER, *([OTHER] * len(behind)), OTHER, OTHER, OTHER, OTHER]
    top = 6 + len(behind)
    heads = [3, 0, 3, 3, 3, 3, *(len(behind) * [top - 1]), top - 1, top + 2, top + 2, top + 2]
    assert found(attributor, words, kinds, heads=heads) == [("said", ["Kim"], ["So"])]


def test_no_cue_and_no_words(attributor):
    assert found(attributor, ["Kim", "left"], [NAME, OTHER]) == []
    assert found(attributor, [], []) == []


def test_how_sure_it_is(attributor):
    doc = Doc(VOCAB, words=["Kim", "said", "so"])
    doc.tensor = np.eye(WIDTH, dtype=np.float32)[[NAME, CUE, SAID_FIRST]]
    (attribution,) = attributor(doc)._.attributions
    assert 0.9 < attribution.likelihood <= 1


def test_a_documents_bytes_carry_them(attributor):
    doc = Doc(VOCAB, words=["Kim", "said", "so"])
    doc.tensor = np.eye(WIDTH, dtype=np.float32)[[NAME, CUE, SAID_FIRST]]
    again = Doc(VOCAB).from_bytes(attributor(doc).to_bytes())
    assert again._.attributions == doc._.attributions


def test_classes_of_distance_widen():
    steps = np.array([-900, -4, -3, -2, -1, 0, 1, 2, 3, 4, 5, 900])
    assert farness(steps).tolist() == [0, 4, 5, 5, 6, 7, 8, 9, 9, 10, 10, 14]
