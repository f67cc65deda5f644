"""What an article says somebody is."""

from __future__ import annotations

import pytest
from word_tables import table

from quotes.pipeline.speakers.cast import cast_of
from quotes.pipeline.speakers.roles import role_of


def role(text, **parse):
    made = table(text, [("Ada Moss", "PERSON")], **parse)
    return role_of(made, cast_of(made, [])[0])


BEFORE = {
    "heads": {"Foreign": "Moss", "minister": "Moss", "Ada": "Moss"},
    "deps": {"Foreign": "amod", "minister": "compound"},
}


BEHIND = {"heads": {"for": "House", "the": "House", "White": "House", "House": "spokesperson"}}


@pytest.mark.parametrize(
    ("text", "parse", "found"),
    [
        ("Foreign minister Ada Moss left.", BEFORE, "Foreign minister"),
        (
            "historian Ada Moss left.",
            {"heads": {"historian": "Moss", "Ada": "Moss"}, "deps": {"historian": "nmod:desc"}},
            "historian",
        ),
        ("Ada Moss, a spokesperson for the White House, left.", BEHIND, "spokesperson for the White House"),
        ("Ada Moss, the mayor, left.", {}, "mayor"),
        ("Ada Moss, who was mayor once, left.", {}, None),
        ("Ada Moss, the mayor being away, left.", {}, None),
        (
            "Ada Moss, in a letter to the mayor that she had written long ago and never sent to anybody at all, left.",
            {},
            None,
        ),
        ("Ada Moss left.", {}, None),
    ],
)
def test_roles(text, parse, found):
    assert role(text, **parse) == found
