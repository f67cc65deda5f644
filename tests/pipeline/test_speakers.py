import pytest

from quotes.pipeline.speakers import Cast


@pytest.fixture
def speakers(quotes_of):
    def names(text):
        return [quote.speaker.name if quote.speaker else None for quote in quotes_of(text)]

    return names


def test_a_surname_stands_for_the_full_name(speakers):
    text = '"One," said Mara Ellison, the harbour master. "Two," Ellison added. "Three," said Ms Ellison.'
    assert speakers(text) == ["Mara Ellison"] * 3


def test_a_pronoun_goes_back_to_the_speaker_of_that_gender(speakers):
    text = '"One," said Ms Mara Ellison.\n\n"Two," said Mr Tom Hallam.\n\n"Three," she said.\n\n"Four," he replied.'
    assert speakers(text) == ["Mara Ellison", "Tom Hallam", "Mara Ellison", "Tom Hallam"]


def test_a_pronoun_goes_back_to_who_the_sentence_before_is_about(speakers):
    text = '"One," said Tom Hallam.\n\nMara Ellison runs the harbour.\n\n"Two," she said.'
    assert speakers(text) == ["Tom Hallam", "Mara Ellison"]


def test_a_description_goes_back_to_the_one_of_that_role(speakers):
    text = (
        '"One," said NSC spokesperson Dana Ostrov.\n\n"Two," the NSC spokesperson added.\n\n'
        '"Three," the spokesperson said.'
    )
    assert speakers(text) == ["Dana Ostrov"] * 3


def test_an_unnamed_source_keeps_its_description(quotes_of):
    text = (
        '"One," a State Department spokesperson said.\n\n"Two," the spokesperson added.\n\n"Three," the official said.'
    )
    quotes = quotes_of(text)
    assert {quote.speaker.name for quote in quotes} == {"a State Department spokesperson"}
    assert {quote.speaker.kind for quote in quotes} == {"unnamed"}
    assert [quote.mention.text for quote in quotes] == [
        "a State Department spokesperson", "the spokesperson", "the official",
    ]  # fmt: skip


def test_a_name_in_apposition_is_the_speaker(quotes_of):
    (quote,) = quotes_of('"One pump," said the ship\'s chief engineer, Tom Hallam, who gave evidence.')
    assert (quote.speaker.name, quote.speaker.role) == ("Tom Hallam", "ship's chief engineer")


def test_a_role_in_apposition_is_kept(quotes_of):
    (quote,) = quotes_of('"One pump," said Mara Ellison, a spokesperson for the harbour board.')
    assert quote.speaker.role == "spokesperson for the harbour board"


def test_an_organization_is_one(quotes_of):
    (quote,) = quotes_of('"One pump," the Ellery Coast Guard said.')
    assert (quote.speaker.name, quote.speaker.kind) == ("Ellery Coast Guard", "organization")


def test_letters_introduced_in_brackets_are_spelt_out(speakers):
    text = 'The Central Bureau of Pumps (CBP) met.\n\n"One," the CBP said.'
    assert speakers(text) == ["Central Bureau of Pumps"]


def test_nobody_is_made_up(quotes_of):
    (quote,) = quotes_of("“We shall never know who said this.”")
    assert quote.speaker is None


def test_the_first_full_name_keeps_a_surname(nlp):
    cast = Cast(nlp("Lee Dae-jun left. His brother Lee Rae-jin stayed. Adrienne Watson spoke. Watson left."))
    assert cast.fullest("Watson") == "Adrienne Watson"
    assert cast.fullest("Nobody") == "Nobody"


def test_a_longer_form_of_the_same_name_wins(nlp):
    assert Cast(nlp("Luis Lacalle spoke. Later Luis Lacalle Pou left.")).fullest("Lacalle") == "Luis Lacalle Pou"


def test_a_nickname_hides_no_name(speakers):
    text = "The chief engineer, Tom ‘Sparks’ Hallam, came next. ‘I pressed the button,’ he said."
    assert speakers(text) == ["Tom Hallam"]


def test_a_pronoun_passes_over_a_first_name_of_the_other_gender(speakers):
    text = "Tom Hallam came first. Nadia Ferrant came next. ‘I pressed the button,’ he said."
    assert speakers(text) == ["Tom Hallam"]


def test_a_description_means_who_was_named_with_that_role(speakers):
    text = (
        "Olivier Renard, director of the Maritime Museum, met Tom Hallam on Monday.\n\n"
        "“One,” Hallam said.\n\n“Two,” the director added."
    )
    assert speakers(text) == ["Tom Hallam", "Olivier Renard"]


def test_a_capital_stands_for_itself(speakers):
    text = "The Seoul Central Court sat on Monday.\n\nSeoul said that the ships had turned back."
    assert speakers(text) == ["Seoul"]


def test_of_two_with_one_surname_the_one_spoken_of_last(speakers):
    text = "Nadia Ferrant left the board.\n\n“One,” said her brother, Paul Ferrant, on Monday.\n\n“Two,” Ferrant added."
    assert speakers(text) == ["Paul Ferrant"] * 2


def test_what_was_said_in_an_interview_goes_on_there(quotes_of):
    text = (
        "“One of us,” Mara Ellison said in an interview with Reuters.\n\nIt rained.\n\n“Two of us,” Ellison added.\n\n"
        "“Three of us,” Tom Hallam said."
    )
    assert [quote.via for quote in quotes_of(text)] == ["Reuters", "Reuters", None]
