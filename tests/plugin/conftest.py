"""A small database such as the store writes, and a Datasette that serves it with our metadata."""

from __future__ import annotations

import hashlib
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml
from datasette.app import Datasette

from quotes.plugin.datasette_compat import configuration
from quotes.store.database import close_database, open_database

METADATA = Path(__file__).parents[2] / "metadata.yml"
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DAY = "2026-03-{:02d}"

OUTLETS = {
    "The Harbour Courier": ("harbourcourier.example", "newspaper"),
    "Eastern Lantern": ("easternlantern.example", "newspaper"),
    "Quillan Post": (None, "website"),
    "Northwire": ("northwire.example", "agency"),
}
SPEAKERS = {
    "Mara Ellison": ("person", "harbour master"),
    "Tomas Reyk": ("person", "Transport Minister"),
    "Port Authority of Quillan": ("organization", None),
    "a senior ministry official": ("unnamed", None),
    "Inquiry report": ("document", None),
    "דנה לוי <b>": ("person", 'spokesperson "for" <script>alert(2)</script>'),
}
GENDERS = {"Mara Ellison": "woman", "Tomas Reyk": "man"}
SHARED = "“We warned the ferry twice before it ran aground,”"
DISPUTED = "“no reason to close the channel”"
WORDINGS = {SHARED: (2, 2, 1, DAY.format(3), DAY.format(4)), DISPUTED: (2, 1, 2, DAY.format(3), DAY.format(3))}
COUNTS = ("quotes", "outlets", "speakers", "first_published", "last_published")
TOPICS = {"ferry": (1, 2, 4), "inquiry": (1, 3)}
ROLES = {1: ("Mara Ellison", ("harbour master", "spokesperson of the port"))}
HOSTILE_TITLE = "<script>alert(1)</script> & {{ 7*7 }}"
HOSTILE_TEXT = (
    "\r\n  <script>alert(1)</script> stood in the first line, next to {{ 7*7 }} and {% raise %}.\r\n\r\n"
    "قال المتحدث: «لن نغادر الميناء» 🚢 and דובר אמר: „לא נעזוב את הנמל“ 👩‍👩‍👧.\r\n"
    '"I said </mark></p><img src=x onerror=alert(3)> and I mean it," said דנה לוי <b>.\r\n'
    "\u2028End."
)


@dataclass(frozen=True)
class Said:
    """A quote as the fixture writes it down: its pieces, words of the article."""

    pieces: tuple[str, ...]
    speaker: str | None = None
    kind: str = "direct"
    act: str = "say"
    cue: str | None = None
    mention: str | None = None
    via: str | None = None
    citing: str | None = None
    wording: str | None = None


@dataclass(frozen=True)
class Story:
    """An article with its quotes."""

    outlet: str | None
    text: str
    quotes: tuple[Said, ...] = ()
    title: str | None = None
    url: str | None = None
    agency: str | None = None
    byline: str | None = None
    place: str | None = None
    published: str | None = None


STORIES = (
    Story(
        outlet="The Harbour Courier",
        title="Ferry aground off Quillan as harbour master speaks of warnings",
        url="https://harbourcourier.example/2026/ferry?a=1&b=2",
        byline="Ada Finch",
        place="Quillan",
        published=DAY.format(3),
        text=(
            "The ferry Tern ran aground off Quillan on Tuesday night with 212 people aboard, all of whom "
            "were brought ashore by morning.\n\n"
            "“We warned the ferry twice before it ran aground,” harbour master Mara Ellison said on "
            "Tuesday. “Nobody answered us.”\n\n"
            "She added that the Port Authority of Quillan had “no reason to close the channel” that "
            "evening.\n\n"
            "“The inquiry will look at everything.\n\n"
            "“It will spare no one,” said Transport Minister Tomas Reyk. He denied that cuts were to "
            "blame.\n\n"
            "A senior ministry official warned that “this will happen again”. The crew could not be "
            "reached."
        ),
        quotes=(
            Said(
                (SHARED, "“Nobody answered us.”"),
                "Mara Ellison",
                cue="said",
                mention="harbour master Mara Ellison",
                wording=SHARED,
            ),
            Said(
                ("that the Port Authority of Quillan had “no reason to close the channel” that evening",),
                "Mara Ellison",
                "mixed",
                "add",
                cue="added",
                mention="She",
                wording=DISPUTED,
            ),
            Said((DISPUTED,), "Port Authority of Quillan", wording=DISPUTED),
            Said(
                ("“The inquiry will look at everything.", "“It will spare no one,”"),
                "Tomas Reyk",
                act="promise",
                cue="said",
                mention="Transport Minister Tomas Reyk",
            ),
            Said(("that cuts were to blame",), "Tomas Reyk", "indirect", "deny", cue="denied", mention="He"),
            Said(
                ("that “this will happen again”",),
                "a senior ministry official",
                "mixed",
                "warn",
                cue="warned",
                mention="A senior ministry official",
            ),
            Said(("“this will happen again”. The crew could",), None, "direct"),
        ),
    ),
    Story(
        outlet="Eastern Lantern",
        agency="Northwire",
        title="Ferry aground: harbour had warned",
        url="http://easternlantern.example/ferry",
        published=DAY.format(4),
        text=(
            "QUILLAN (Northwire) — “We warned the ferry twice before it ran aground,” Mara Ellison told "
            "Northwire.\n"
            "According to the inquiry report, the ferry was too fast.\n"
            "The minister, Tomas Reyk, urged patience. “Wait for the report,” he said.\n"
            "“Enough,” someone shouted.\n"
        ),
        quotes=(
            Said((SHARED,), "Mara Ellison", cue="told", mention="Mara Ellison", via="Northwire", wording=SHARED),
            Said(
                ("the ferry was too fast",),
                "Inquiry report",
                "indirect",
                "report",
                cue="According to",
                mention="the inquiry report",
            ),
            Said(("patience",), "Tomas Reyk", "indirect", "urge", cue="urged", mention="Tomas Reyk"),
            Said(("“Wait for the report,”",), "Tomas Reyk", act="urge", cue="said", mention="he"),
            Said(("“Enough,”",), None, cue="shouted", mention="someone"),
        ),
    ),
    Story(
        outlet="Quillan Post",
        title="Minister denies cuts played a part",
        published=DAY.format(5),
        text=(
            "Transport Minister Tomas Reyk denied any part of the cuts in the accident, citing “people "
            "who know”.\n"
            "“There were no cuts,” he said. “There will be none,” he told the Harbour Courier.\n"
            "The Port Authority of Quillan said it would answer the inquiry. Officials warned of more "
            "accidents.\n"
        ),
        quotes=(
            Said(
                ("any part of the cuts in the accident",),
                "Tomas Reyk",
                "indirect",
                "deny",
                cue="denied",
                mention="Transport Minister Tomas Reyk",
                citing="people who know",
            ),
            Said(("“There were no cuts,”",), "Tomas Reyk", act="deny", cue="said", mention="he"),
            Said(
                ("“There will be none,”",),
                "Tomas Reyk",
                act="promise",
                cue="told",
                mention="he",
                via="The Harbour Courier",
            ),
            Said(
                ("it would answer the inquiry",),
                "Port Authority of Quillan",
                "indirect",
                cue="said",
                mention="The Port Authority of Quillan",
            ),
            Said(
                ("of more accidents",),
                "a senior ministry official",
                "indirect",
                "warn",
                cue="warned",
                mention="Officials",
            ),
        ),
    ),
    Story(
        outlet="Eastern Lantern",
        title=HOSTILE_TITLE,
        url="javascript:alert(4)",
        byline="<i>Nobody</i>",
        published=DAY.format(6),
        text=HOSTILE_TEXT,
        quotes=(
            Said(("«لن نغادر الميناء»",), None, mention="المتحدث", cue="قال"),
            Said(("„לא נעזוב את הנמל“",), "דנה לוי <b>", cue="אמר", mention="דובר"),
            Said(
                ('"I said </mark></p><img src=x onerror=alert(3)> and I mean it,"',),
                "דנה לוי <b>",
                cue="said",
                mention="דנה לוי <b>",
            ),
        ),
    ),
    Story(outlet="Quillan Post", title="Tide table", published=DAY.format(7), text="High water at 6.14.\n"),
    Story(outlet=None, text="A leaflet without a title. “Come all,” it says.", quotes=(Said(("“Come all,”",)),)),
)


def _digest(*parts: object) -> str:
    return hashlib.sha256(repr(parts).encode()).hexdigest()


def _nearest(text: str, word: str, start: int) -> int:
    return min((match.start() for match in re.finditer(re.escape(word), text)), key=lambda at: abs(at - start))


def write_stories(path: Path, stories: tuple[Story, ...] = STORIES) -> Path:
    """Write the stories into a new database and return its path."""
    db = open_database(path)
    outlets = {
        name: db.table("outlets").insert({"name": name, "domain": domain, "kind": kind}).last_pk
        for name, (domain, kind) in OUTLETS.items()
    }
    speakers = {
        name: db.table("speakers")
        .insert({"name": name, "kind": kind, "role": role, "gender": GENDERS.get(name)})
        .last_pk
        for name, (kind, role) in SPEAKERS.items()
    }
    wordings = {
        text: db.table("wordings").insert({"text": text, **dict(zip(COUNTS, counts, strict=True))}).last_pk
        for text, counts in WORDINGS.items()
    }
    for story in stories:
        article = {
            "outlet_id": outlets.get(story.outlet),
            "agency_id": outlets.get(story.agency),
            "title": story.title,
            "byline": story.byline,
            "published": story.published,
            "place": story.place,
            "url": story.url,
            "source": "fixture",
            "language": "en",
            "text": story.text,
            "words": len(story.text.split()),
            "sha256": _digest(story.text),
            "ingested_at": "2026-03-08T10:00:00Z",
            "pipeline": "quotes 0.1.0 <test>",
        }
        article_id = db.table("articles").insert(article).last_pk
        for said in story.quotes:
            _insert_quote(db, story, article, article_id, said, outlets, speakers, wordings)
    if stories is STORIES:
        _tie(db)
    close_database(db)
    return path


def _tie(db: Any) -> None:
    """What ties the articles together, and what became of one in a new version."""
    for name, articles in TOPICS.items():
        topic = db.table("topics").insert({"name": name}).last_pk
        db.table("article_topics").insert_all({"article_id": article, "topic_id": topic} for article in articles)
    for speaker, (name, roles) in ROLES.items():
        for n, role in enumerate(roles):
            naming = {"speaker_id": speaker, "name": name, "role": role, "kind": "person", "key": name.lower()}
            name_id = db.table("speaker_names").insert({**naming, "block": "", "acronym": "", "scope": ""}).last_pk
            wanted = "SELECT id FROM quotes WHERE speaker_id = ? ORDER BY id LIMIT 1 OFFSET ?"
            db.execute(f"UPDATE quotes SET name_id = ? WHERE id = ({wanted})", [name_id, speaker, n])
    change = {"article_id": 3, "changed_at": "2026-03-09T08:00:00Z", "kind": "vanished", "before": "“No comment,”"}
    db.table("quote_changes").insert({**change, "speaker_before": "Tomas Reyk"})


def _insert_quote(
    db: Any,
    story: Story,
    article: dict[str, Any],
    article_id: int,
    said: Said,
    outlets: dict[str, int],
    speakers: dict[str, int],
    wordings: dict[str, int],
) -> None:
    starts = [story.text.index(piece) for piece in said.pieces]
    spans = [(start, start + len(piece)) for start, piece in zip(starts, said.pieces, strict=True)]
    where = {word: _nearest(story.text, word, starts[0]) for word in (said.cue, said.mention) if word}
    quote_id = (
        db.table("quotes")
        .insert(
            {
                "article_id": article_id,
                "outlet_id": article["outlet_id"],
                "speaker_id": speakers.get(said.speaker or ""),
                "published": story.published,
                "kind": said.kind,
                "act": said.act,
                "text": " ".join(said.pieces),
                "cue": said.cue,
                "mention": said.mention,
                "mention_kind": "none" if said.mention is None else "name",
                "via_id": outlets.get(said.via or ""),
                "citing": said.citing,
                "confidence": 0.87,
                "method": "fixture",
                "start": spans[0][0],
                "end": spans[-1][1],
                "cue_start": where.get(said.cue),
                "mention_start": where.get(said.mention),
                "hash": _digest(article_id, spans),
            }
        )
        .last_pk
    )
    db.table("quote_spans").insert_all(
        {"quote_id": quote_id, "n": n, "start": start, "end": end} for n, (start, end) in enumerate(spans)
    )
    if said.wording:
        place = {"quote_id": quote_id, "n": 0, "start": spans[0][0], "end": spans[-1][1]}
        db.table("sayings").insert({**place, "text": said.wording, "wording_id": wordings[said.wording]})


@pytest.fixture(autouse=True)
def quiet_errors(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where rich is installed Datasette prints a traceback for every 404 and 403: half a second each."""
    monkeypatch.setattr("datasette.handle_exception.rich", None)


@pytest.fixture(scope="session")
def database_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_stories(tmp_path_factory.mktemp("db") / "quotes.db")


@pytest.fixture(scope="session")
def metadata() -> dict[str, Any]:
    return dict(yaml.safe_load(METADATA.read_text()))


@pytest.fixture(scope="session")
def ds(database_path: Path, metadata: dict[str, Any]) -> Datasette:
    return Datasette([str(database_path)], **configuration(metadata))


@pytest.fixture(scope="module")  # while it is open, its loop runs, and no test beside it may run one
def browser() -> Iterator[Any]:
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    """A page that fails the test when a script of it fails, it asks for anything outside this machine, or for what its
    policy forbids."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.set_default_timeout(15_000)
    troubles: list[str] = []
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on("dialog", lambda dialog: (troubles.append(f"dialog: {dialog.message}"), dialog.dismiss()))
    page.on("console", lambda message: troubles.append(message.text) if "Security Policy" in message.text else None)
    page.on(
        "request",
        lambda request: (
            None
            if request.url.startswith(("http://127.0.0.1:", "data:"))
            else troubles.append(f"request: {request.url}")
        ),
    )
    yield page
    context.close()
    assert not troubles


@pytest.fixture(scope="session")
def serious_faults() -> Callable[[Any], list[tuple[str, str, str]]]:
    """What axe-core finds on a page that keeps readers from using it."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()

    def found(page: Any) -> list[tuple[str, str, str]]:
        return [
            (fault["impact"], fault["id"], fault["nodes"][0]["html"])
            for fault in axe.run(page).response["violations"]
            if fault["impact"] in ("serious", "critical")
        ]

    return found
