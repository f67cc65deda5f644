from __future__ import annotations

import random
import signal
from collections.abc import Iterator

import pytest
from sqlite_utils import Database
from told import article, loose_ends, parts, rows, said, shuffled, story, write

from quotes.linking.copies.copy_index import Copies
from quotes.records import Extraction, Outlet, Quote
from quotes.store.database import open_database
from quotes.store.writing import Writer

STORY = story(1)
SPEECHES = (
    said("“We will rebuild the harbour pier before winter, and the ferry company must pay every single invoice,”"),
    said("“Nobody told the residents of Brannock that their drinking water contained dangerous amounts of mercury,”"),
)


def cut(text: str, share: float) -> str:
    """The first part of a text, to the end of a word."""
    return text[: int(len(text) * share)].rpartition(" ")[0]


def groups(db: Database) -> set[frozenset[str]]:
    """The sources of the articles of each group."""
    return parts(db, "SELECT group_id, source FROM articles")


def told(db: Database) -> set[tuple[object, ...]]:
    """What is told of each group: how many articles and outlets, whose it is, and its first article."""
    return set(
        rows(
            db,
            """SELECT articles, outlets, name, source FROM article_groups
            LEFT JOIN (SELECT id AS agency_id, name FROM outlets) USING (agency_id)
            LEFT JOIN (SELECT id AS original_id, source FROM articles) USING (original_id)""",
        )
    )


def carried() -> list[Extraction]:
    """What Northwire wrote, as three outlets print it, one of them half of it, and a story that the first two have."""
    return [
        article("courier", text=STORY, outlet="Harbour Courier", agency="Northwire", day="2025-03-05"),
        article("lantern", text=f"By our own staff. {STORY}", outlet="Eastern Lantern", day="2025-03-04"),
        article("post", text=cut(STORY, 0.5), outlet="Island Post", day="2025-03-06"),
        article("other", text=story(2), outlet="Island Post", day="2025-03-01"),
    ]


# -- what is a copy


def test_a_story_that_outlets_carry_of_an_agency_is_one_group(db: Database) -> None:
    write(db, *carried())
    assert groups(db) == {frozenset({"courier.txt", "lantern.txt", "post.txt"}), frozenset({"other.txt"})}
    assert told(db) == {(3, 3, "Northwire", "lantern.txt"), (1, 1, None, "other.txt")}, "the first that printed it"
    assert loose_ends(db) == {}


def test_what_the_agency_itself_printed_is_the_original(db: Database) -> None:
    wire = article("wire", text=STORY, outlet="Northwire", day="2025-03-07")
    write(db, *carried(), wire)
    assert (4, 4, "Northwire", "wire.txt") in told(db)


def test_without_an_agency_the_first_article_is_the_original(db: Database) -> None:
    late = article("late", text=STORY + " The end.", outlet="Harbour Courier", day="2025-03-09")
    early = article("early", text=STORY, outlet="Eastern Lantern", day="2025-03-02")
    undated = article("undated", text=STORY + " More.", outlet="Island Post")
    for order in ((late, early, undated), (undated, early, late)):
        write(db, *order)
        assert told(db) == {(3, 3, None, "early.txt")}


def test_the_agency_is_that_which_most_of_them_name(db: Database) -> None:
    agencies = ("Coastline", "Northwire", "Northwire")
    write(db, *(article(f"a{n}", text=f"{n}. {STORY}", agency=agency) for n, agency in enumerate(agencies)))
    assert {counted[:3] for counted in told(db)} == {(3, 0, "Northwire")}


def test_without_an_agency_an_unknown_outlet_is_not_preferred(db: Database) -> None:
    early = article("early", text=STORY, outlet="Eastern Lantern", day="2025-03-02")
    write(db, early, article("file", text=STORY + " The end.", day="2025-03-09"))
    assert told(db) == {(2, 1, None, "early.txt")}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(story(3, 150), story(4, 150), id="two stories"),
        pytest.param(cut(STORY, 0.5) + story(3), cut(STORY, 0.5) + story(4), id="the half of each"),
        pytest.param("The pier is closed today.", "The pier is closed today. ", id="too short to tell"),
    ],
)
def test_two_own_reports_are_no_copies(db: Database, one: str, other: str) -> None:
    def report(name: str, text: str, *quotes: Quote) -> Extraction:
        return article(name, *quotes, text=text, outlet=name)

    write(db, report("Harbour Courier", one), report("Eastern Lantern", other))
    assert len(groups(db)) == 2


def test_two_own_reports_that_share_their_quotes_are_no_copies(db: Database) -> None:
    write(db, *(article(f"a{n}", *SPEECHES, text=story(n, 150), outlet=f"Outlet {n}") for n in (3, 4)))
    assert len(groups(db)) == 2
    assert rows(db, "SELECT quotes, outlets FROM wordings") == [(2, 2)] * 2, "the words are the same all the same"


def test_a_copy_with_some_words_of_its_own_is_one(db: Database) -> None:
    write(db, article("wire", text=STORY), article("local", text=f"{story(3, 75)} {cut(STORY, 0.7)}"))
    assert len(groups(db)) == 1


# -- versions


def test_a_changed_text_leaves_its_group(db: Database) -> None:
    write(db, *carried())
    ((group,),) = rows(db, "SELECT group_id FROM articles WHERE source = 'lantern.txt'")
    write(db, article("courier", text=story(5), outlet="Harbour Courier"))
    assert groups(db) == {frozenset({"lantern.txt", "post.txt"}), frozenset({"courier.txt"}), frozenset({"other.txt"})}
    assert (2, 2, None, "lantern.txt") in told(db), "the agency went with it"
    assert rows(db, "SELECT group_id FROM articles WHERE source = 'lantern.txt'") == [(group,)]
    assert rows(db, "SELECT name FROM outlets WHERE kind = 'agency'") == []
    assert loose_ends(db) == {}


def test_a_text_that_changes_a_little_stays(db: Database) -> None:
    write(db, *carried())
    before = groups(db), rows(db, "SELECT id, group_id FROM articles ORDER BY id")
    write(db, article("courier", text=f"Corrected. {STORY}", outlet="Harbour Courier", agency="Northwire"))
    assert (groups(db), rows(db, "SELECT id, group_id FROM articles ORDER BY id")) == before


def test_what_only_one_tied_together_falls_apart(db: Database) -> None:
    halves = STORY[: len(STORY) // 2], STORY[len(STORY) // 2 :]
    write(db, article("a", text=halves[0]), article("b", text=halves[1]))
    assert len(groups(db)) == 2
    write(db, article("whole", text=STORY))
    assert len(groups(db)) == 1
    write(db, article("whole", text=story(6)))
    assert len(groups(db)) == 3
    assert loose_ends(db) == {}


def test_an_outlet_and_a_day_that_are_filled_in_later_are_counted(db: Database) -> None:
    writer = write(db, article("a", text=STORY, outlet="Harbour Courier", day="2025-03-04"), article("b", text=STORY))
    assert {(2, 1)} == {counted[:2] for counted in told(db)}
    assert writer.known(article("b", text=STORY, outlet="Northwire", day="2025-03-05").article)
    assert told(db) == {(2, 2, "Northwire", "b.txt")}


def test_an_agency_that_is_filled_in_later_is_told(db: Database) -> None:
    writer = write(db, article("a", text=STORY, outlet="Harbour Courier"))
    assert writer.known(article("a", text=STORY, outlet="Harbour Courier", agency="Northwire").article)
    assert told(db) == {(1, 1, "Northwire", "a.txt")}


def test_an_outlet_that_a_newer_pipeline_puts_right_is_counted(db: Database) -> None:
    write(db, *(article(name, text=STORY, outlet="Harbour Courier") for name in ("a", "b")))
    Writer(db, "newer").write(article("b", text=STORY, outlet="Eastern Lantern", agency="Northwire"))
    assert {counted[:3] for counted in told(db)} == {(2, 2, "Northwire")}


def test_an_outlet_that_turns_out_to_be_an_agency_is_told(db: Database) -> None:
    unknown = article("a", text=STORY, outlet=Outlet("Coastline"))
    write(db, unknown, article("b", text=STORY, outlet="Harbour Courier"))
    write(db, article("c", text=story(2), outlet="Island Post", agency="Coastline"))
    assert (2, 2, "Coastline", "a.txt") in told(db)


# -- the same whatever the order


def editions(seed: int) -> dict[str, Extraction]:
    """Articles that have parts of four stories in common, by name."""
    chance = random.Random(seed)
    found = {}
    for name in (f"a{n}" for n in range(24)):
        text = cut(story(10 + chance.randrange(4), 400), chance.choice((1, 0.9, 0.7, 0.4)))
        text += story(20 + chance.randrange(4), chance.choice((30, 30, 300)))
        outlet, agency = chance.choice(("Courier", "Lantern", "Post")), chance.choice((None, None, "Northwire"))
        day = f"2025-03-{chance.randrange(10, 28)}"
        found[name] = article(name, text=f"{name}. {text}", outlet=outlet, agency=agency, day=day)
    return found


@pytest.mark.parametrize("common", [Copies.common, 6, 3, 2])
def test_the_order_of_articles_does_not_matter(monkeypatch: pytest.MonkeyPatch, common: int) -> None:
    monkeypatch.setattr(Copies, "common", common)
    before, after = editions(1), editions(2)
    changed = random.Random(1).sample(sorted(before), 8)
    now = before | {name: after[name] for name in changed}
    fresh = open_database(":memory:")
    write(fresh, *now.values())
    expected = groups(fresh), told(fresh)
    assert 1 < len(expected[0]) < len(now)
    db = open_database(":memory:")
    write(db, *shuffled(before.values(), common), *shuffled((now[name] for name in changed), common))
    assert (groups(db), told(db)) == expected
    assert loose_ends(db) == {}


# -- stories that all the world has


@pytest.fixture
def patience() -> Iterator[None]:
    """Half a second of this process's time, after which a test fails rather than hang."""

    def stop(*_: object) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, 0.5)
    yield
    signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    signal.signal(signal.SIGVTALRM, before)


@pytest.mark.usefixtures("patience")
def test_equal_texts_that_are_compared_again_do_not_hang(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """They are when a gram is common no more: here when 3 articles have it, in earnest 1,000."""
    monkeypatch.setattr(Copies, "common", 3)
    bar = story(7, 60)
    texts = {"a": STORY, "b": STORY, "c": f"{story(8)} {bar}", "d": f"{story(9)} {bar}"}
    write(db, *(article(name, text=f"{text} {bar}") for name, text in texts.items()))
    assert len(groups(db)) == 3
    write(db, article("d", text=story(9)))
    assert frozenset({"a.txt", "b.txt"}) in groups(db)


def test_a_story_that_everybody_carries_is_one_group(db: Database) -> None:
    text = story(1, 120)
    write(db, *(article(f"a{n}", text=f"{n}. {text}", outlet=f"Outlet {n}", agency="Northwire") for n in range(130)))
    assert [counted[:3] for counted in told(db)] == [(130, 130, "Northwire")]
