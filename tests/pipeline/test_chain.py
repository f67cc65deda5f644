import pytest

from quotes.pipeline.chain import same_outlet
from quotes.records import Outlet


@pytest.mark.parametrize(
    ("text", "via"),
    [
        ('"We knew," Ellison told Yonhap News Agency.', "Yonhap News Agency"),
        ('"We knew," Ellison told Reuters on Monday.', "Reuters"),
        ('"We knew," Ellison told the Meridian Press Agency.', "Meridian Press Agency"),
        ('"We knew," Ellison was quoted as saying by Xinhua.', "Xinhua News Agency"),
        ('"We knew," Ellison said in an interview with MPA.', "MPA"),
        ('"We knew," Ellison said, Reuters reported.', "Reuters"),
        ('"We knew," Ellison told reporters.', None),
        ('"We knew," Ellison told Marsh.', None),
        ('"We knew," Ellison said on Quillan Radio\'s programme.', "Quillan Radio"),
        ('"We knew," Ellison said, according to state news agency Xinhua.', "Xinhua News Agency"),
        ('"We knew," Ellison said on Monday.', None),
        ('"We knew," Ellison said.', None),
    ],
)
def test_who_carried_the_words(quotes_of, text, via):
    (quote,) = quotes_of(text)
    if via == "Xinhua News Agency":
        assert quote.via in {"Xinhua", "Xinhua News Agency"}
    else:
        assert quote.via == via


@pytest.mark.parametrize("told", ["The Korea Herald", "Korea Herald"])
def test_the_articles_own_outlet_carries_nothing(quotes_of, told):
    (quote,) = quotes_of(f'"We knew," Ellison told {told}.', outlet=Outlet("The Korea Herald"))
    assert quote.via is None


def test_an_outlet_that_no_table_knows_is_itself_too():
    assert same_outlet("Harbour Courier", "The Harbour Courier")
    assert not same_outlet("Harbour Courier", "Quillan Post")
    assert not same_outlet("Harbour Courier", None)


def test_whom_the_speaker_leans_on(quotes_of):
    text = 'The regulator, citing the operator\'s log, said the pumps were "never tested" at all.'
    (quote,) = quotes_of(text)
    assert quote.citing == "the operator's log"
