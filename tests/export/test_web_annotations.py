from __future__ import annotations

import json

from quotes.export.quote_selection import Selection

from .conftest import FIRST, SECOND, Export


def test_an_annotation_a_quote(exported: Export) -> None:
    collection = json.loads(exported("webannotation"))
    assert (collection["@context"], collection["type"]) == ("http://www.w3.org/ns/anno.jsonld", "AnnotationCollection")
    page = collection["first"]
    assert page["type"] == "AnnotationPage"
    assert len(page["items"]) == collection["total"] == 5
    assert len({one["id"] for one in page["items"]}) == 5
    assert all(one["type"] == "Annotation" and one["id"].startswith("urn:uuid:") for one in page["items"])


def test_selectors_find_the_words(exported: Export) -> None:
    first, _, lodz, *_ = json.loads(exported("webannotation"))["first"]["items"]
    assert [target["source"] for target in first["target"]] == ["https://courier.example/pier_1?a=1&b={2}"] * 2
    for text, targets in ((FIRST, first["target"]), (SECOND, [lodz["target"]])):
        for target in targets:
            words, place = target["selector"]
            assert (words["type"], place["type"]) == ("TextQuoteSelector", "TextPositionSelector")
            assert text[place["start"] : place["end"]] == words["exact"], "code points, past the ship"
            assert words["prefix"] + words["exact"] + words["suffix"] in text
    assert lodz["target"]["source"] == "news/a%3A%20%C5%82.txt", "the path of a file as an IRI"
    assert lodz["target"]["selector"][0]["prefix"] == ""


def test_bodies_say_who_and_how(exported: Export) -> None:
    (first, *_, last) = json.loads(exported("webannotation"))["first"]["items"]
    values = {body["purpose"]: body["value"] for body in first["body"]}
    assert values["identifying"] == "Ana Cortés"
    assert values["describing"] == "Ana Cortés, mayor: direct quote; cue “said”; confidence 0.9"
    assert last["motivation"] == "describing"


def test_nothing_is_an_empty_page(exported: Export) -> None:
    nothing = json.loads(exported("webannotation", Selection(since="2030-01-01")))
    assert (nothing["total"], nothing["first"]["items"]) == (0, [])
