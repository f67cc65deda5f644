import pytest

from quotes.pipeline.mentions import describe, plausible, plausible_outlet


@pytest.mark.parametrize(
    ("mention", "name", "role"),
    [
        ("NSC spokesperson Dana Ostrov", "Dana Ostrov", "NSC spokesperson"),
        ("Revenue Minister R Ashok", "R Ashok", "Revenue Minister"),
        ("the party's general secretary Randeep Singh Sura", "Randeep Singh Sura", "party's general secretary"),
        ("Mr Yaw Osafo-Mensah", "Yaw Osafo-Mensah", None),
        ("Former party president Francisco Sánchez", "Francisco Sánchez", "Former party president"),
        ("U.S. Ambassador to the United Nations Linda Greenfield", "Linda Greenfield", None),
        ("Priya Hollins KC", "Priya Hollins", None),
        ("Greta Solheim of Aldwater Partners", "Greta Solheim", None),
        ("Mrs Justice Helena Voss", "Helena Voss", None),
        ("Marsh", "Marsh", None),
    ],
)
def test_names_of_people_come_without_their_titles(mention, name, role):
    described = describe(mention)
    assert (described.name, described.kind) == (name, "person")
    if role:
        assert described.role == role


@pytest.mark.parametrize(
    ("mention", "name"),
    [
        ("The White House", "White House"),
        ("the NYT", "NYT"),
        ("The Explorers Network", "Explorers Network"),
        ("the Ellery Coast Guard", "Ellery Coast Guard"),
        ("Brannoch Lithium", "Brannoch Lithium"),
        ("the Port of Ellery Authority", "Port of Ellery Authority"),
        ("Xinhua", "Xinhua"),
    ],
)
def test_organizations(mention, name):
    described = describe(mention)
    assert (described.name, described.kind) == (name, "organization")


@pytest.mark.parametrize(
    ("mention", "kind"),
    [
        ("a State Department spokesperson", "unnamed"),
        ("the official", "unnamed"),
        ("two people familiar with the matter", "unnamed"),
        ("prosecutors", "unnamed"),
        ("a spokesperson for the White House", "unnamed"),
        ("the report", "document"),
        ("its annual report", "document"),
        ("the letter", "document"),
    ],
)
def test_descriptions_have_no_name(mention, kind):
    described = describe(mention)
    assert (described.name, described.kind, described.mention_kind) == (None, kind, "description")


@pytest.mark.parametrize(("mention", "gender"), [("She", "she"), ("he", "he"), ("They", None), ("it", None)])
def test_pronouns(mention, gender):
    described = describe(mention)
    assert (described.kind, described.mention_kind, described.gender) == (None, "pronoun", gender)


@pytest.mark.parametrize("mention", ["spokeswoman Dana Ostrov", "Ms Ostrov", "Mrs Ada Quist"])
def test_titles_tell_the_gender(mention):
    assert describe(mention).gender == "she"


@pytest.mark.parametrize("mention", ["she", "Marsh", "the minister", "residents", "police", "one senior official"])
def test_who_can_speak(mention):
    assert plausible(mention)


@pytest.mark.parametrize(
    "mention", ["make", "on deck", "travelling with two", "Her reply was shorter", "There", "Saturday"]
)
def test_what_cannot_speak(mention):
    assert not plausible(mention)


def test_names_that_say_they_are_an_outlets():
    assert plausible_outlet("Meridian Press Agency")
    assert plausible_outlet("MPA")
    assert not plausible_outlet("Dana Ostrov")


def test_a_body_by_description_is_an_organization():
    assert describe("the finance ministry").kind == "organization"
    assert describe("police").kind == "unnamed"
