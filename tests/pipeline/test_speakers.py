import pytest


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


def test_a_relative_takes_no_surname_over(speakers):
    text = (
        "The camp is run by Nora Ellison and her family. Her son, Paul Ellison, was learning to sail.\n\n"
        "“I love how eager they are,” said Ellison."
    )
    assert speakers(text) == ["Nora Ellison"]


def test_a_surname_with_a_letter_too_many(speakers):
    text = "“We sail at dawn,” Karen Somerville said.\n\n“We sail at dusk,” Sommerville said."
    assert speakers(text) == ["Karen Somerville"] * 2


def test_what_is_told_of_somebodys_family_leads_to_them(speakers):
    text = (
        "“It rained,” Tom Hallam said.\n\n“We knew it,” said Nora Ellison.\n\n“All of us did,” said Tom Hallam.\n\n"
        "Ellison’s grandfather was sent away to school.\n\n“They told him to forget his language,” she said."
    )
    assert speakers(text)[-1] == "Nora Ellison"


def test_the_paper_is_the_outlet_named_last(speakers):
    text = (
        "The minister will go, The Guardian reported on Monday. The Ellery Port Authority is in debt. "
        "The chairman will go as well, according to the newspaper."
    )
    assert speakers(text)[-1] == "Guardian"


def test_a_report_that_the_next_sentence_names(speakers):
    text = (
        "The minister may soon go to Lisbon, according to a news report.\n\n"
        "In its report, The New York Times said that he may go next week."
    )
    assert speakers(text) == ["New York Times"] * 2


def test_an_official_who_is_named_in_the_next_paragraph(speakers):
    text = (
        "Trains will run at night, said a top official from Aldwater Rail.\n\n"
        "Olivier Renard, Executive Director of Passengers at Aldwater Rail, said the trains would be new."
    )
    assert speakers(text) == ["Olivier Renard"] * 2


def test_a_regime_is_the_country_spoken_of(speakers):
    text = "Pyongyang fired two rockets in May. The reclusive regime has said that it will try again in October."
    assert speakers(text) == ["Pyongyang"]


def test_several_speak_together_and_are_they_afterwards(speakers):
    text = (
        "Adam Okello and Fred Samuel said the shop would open in May. They said that the socks would be cheap.\n\n"
        "“I am happy,” said Samuel."
    )
    assert speakers(text) == ["Adam Okello and Fred Samuel"] * 2 + ["Fred Samuel"]


def test_a_description_that_names_no_role_means_who_spoke_last(speakers):
    text = (
        "Olivier Renard said that the films were long. "
        "On the photographs, the French professional announced that they would be ready in May."
    )
    assert speakers(text) == ["Olivier Renard"] * 2


def test_a_post_in_letters_means_who_holds_it(speakers):
    text = (
        "Tawhid Islam, OC of Mohonpur Police Station, denied that anybody was hurt.\n\n"
        "“We tried to settle it,” said the OC."
    )
    assert speakers(text)[-1] == "Tawhid Islam"


def test_a_letter_speaks_for_who_wrote_it(speakers):
    text = (
        "Prime Minister Ravi Menon’s letter said that the work was done.\n\n“Thank you all,” tweeted Nora Ellison.\n\n"
        "“You have shown us the way,” the letter said."
    )
    assert speakers(text) == ["Ravi Menon", "Nora Ellison", "Ravi Menon"]


def test_who_is_quoted_by_a_carrier_is_the_speaker(quotes_of):
    (quote,) = quotes_of("“The bridge is gone,” Xinhua had reported in May, quoting the Ministry of Transport.")
    assert (quote.speaker.name, quote.via) == ("Ministry of Transport", "Xinhua News Agency")


def test_a_reply_is_whose_it_is(speakers):
    text = "“We need a room,” said Ms Ines Cordray.\n\nHer reply was short: “I have found no room.”"
    assert speakers(text) == ["Ines Cordray"] * 2


def test_the_spokesman_of_another_is_not_who_spoke_last(speakers):
    text = "“I will stay,” Pieter Lansing said.\n\n“He has our trust,” the prime minister’s spokesman said."
    assert speakers(text) == ["Pieter Lansing", "the prime minister’s spokesman"]


def test_a_man_who_came_in_is_the_man(speakers):
    text = (
        "“I want justice,” said Sheikh Habiba.\n\nOne of the lawmaker’s men went to the station. "
        "The man asked police to teach her a lesson."
    )
    assert speakers(text) == ["Habiba", "one of the lawmaker’s men"]
