"""How well quotes that are the same words with small differences are joined, and what this costs in the long run.

    python benchmarks/wordings.py FOLDER... [--list N]

Takes the direct quotes from the text files of the folders (up to 20,000), varies 300 of them as newspapers do, a third
of them of several sentences of which each variant prints some, and writes all in random order through the store. Prints
how many pairs of sentences of variants were joined that belong together and how many that do not; the pairs of other
quotes that were joined, which may well be the same words; the time of a thousand quotes at the end against that at the
start. Then how many of the pairs in `hard_negatives.jsonl` and `same_wordings.jsonl` of `tests/linking/wordings` were
joined. `--list` shows N pairs of each sort.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import re
import sys
import time
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import combinations, product
from pathlib import Path

from rapidfuzz import fuzz, process

from quotes.records import Article, Extraction, Outlet, Quote, Speaker
from quotes.store.database import open_database
from quotes.store.writing import Writer

MOST = 20_000  # quotes
ORIGINALS = 300  # of them, those that get variants
ALIKE = 80  # of 100: what is so like an original is dropped
EACH = 10  # quotes an article
OVERLAP = 10  # words that two cuts of one original share at least, or one lies within the other

CASES = Path(__file__).parents[1] / "tests" / "linking" / "wordings"
KINDS = ("start", "end", "ellipsis", "brackets", "spelling", "swap", "longer", "marks")

QUOTED = re.compile(r"“([^“”\"\n]+)”|(?<!\w)\"(?=\S)([^“”\"\n]+)(?<=\S)\"(?!\w)")
SENTENCE = re.compile(r"(?<![^\n.!?] )(?<![^\s])[A-Z][^.!?\n\"“”]{20,200}[.!?](?=\s)")
STOP = re.compile(r"(?<=[a-z][.!?])\s+(?=[A-Z‘“])")
NEGATIVE = re.compile(r"\b(no|not|never|none|nor|neither|nobody|nothing|without|cannot|hardly)\b|n['’]t\b", re.I)
NEUTRAL = (
    "That is what I can tell you today.",
    "People in this country should know this.",
    "This is how we see it.",
    "We have talked about it for weeks.",
    "Let me be clear about it.",
)
STYLES = (("“", "”"), ('"', '"'), ("‘", "’"), ("«", "»"))
ELLIPSES = ("…", "...", ". . .", "[...]", "[…]")
INSERTED = ("[also]", "[in fact]", "[here]", "[of course]", "[the people]", "[of the country]", "[and others]", "[sic]")
BRACKETED = [
    *(("he", name) for name in ("[Alder]", "[Mr. Quist]", "[the minister]")),
    *(("she", name) for name in ("[Ferro]", "[Ms. Brandt]", "[the judge]")),
    *(("they", name) for name in ("[the Harriers]", "[the members]")),
    *(("them", name) for name in ("[the owners]", "[the voters]")),
    *(("it", name) for name in ("[the agreement]", "[the law]")),
    *(("him", "[the director]"), ("his", "[Alder’s]"), ("their", "[the party’s]")),
]
SPELLINGS = """
defence/defense, offence/offense, licence/license, colour/color, labour/labor, honour/honor, favour/favor, grey/gray,
harbour/harbor, neighbour/neighbor, neighbourhood/neighborhood, behaviour/behavior, favourite/favorite, centre/center,
theatre/theater, metre/meter, programme/program, travelled/traveled, cancelled/canceled, fulfil/fulfill, enrol/enroll,
sceptical/skeptical, judgement/judgment, adviser/advisor, analyse/analyze, organise/organize, organised/organized,
organisation/organization, recognise/recognize, recognised/recognized, realise/realize, realised/realized,
apologise/apologize, criticise/criticize, criticised/criticized, emphasise/emphasize, prioritise/prioritize,
co-operation/cooperation, co-operate/cooperate, e-mail/email, cease-fire/ceasefire, Mohammed/Muhammad,
Hizbullah/Hezbollah, okay/OK, per cent/percent, health care/healthcare, any more/anymore
"""
SWAPS = """
to include/including, that/which, it's/it is, that's/that is, we're/we are, they're/they are, you're/you are, I'm/I am,
there's/there is, we've/we have, I've/I have, they've/they have, we'll/we will, I'll/I will, they'll/they will,
he'll/he will, don't/do not, doesn't/does not, didn't/did not, can't/cannot, won't/will not, isn't/is not,
wasn't/was not, aren't/are not, has/have, is/are, was/were, toward/towards, until/till, among/amongst, while/whilst,
on/upon, because/since, but/yet, need/needs, want/wants, going to/gonna, this/that, these/those, just/only,
must/have to, start/begin, big/large, around/round, very/really, also/too
"""


@dataclass(frozen=True, slots=True)
class Passage:
    """Words between quotation marks in a text, with a sentence that stands before them and one after them."""

    words: str
    before: str
    after: str
    path: Path


@dataclass(frozen=True, slots=True)
class Part:
    """A sentence of an original in a variant: which, the words that are left of it, where in the variant it is."""

    sentence: tuple[int, int]
    left: range
    start: int
    end: int


Said = tuple[int, int, int | None]
"""Where in a quote a saying stands, and its wording."""


@dataclass(frozen=True, slots=True)
class Item:
    """A quote to be written, marks included. A variant knows its original, and the sentences of it that it prints."""

    text: str
    speaker: str
    original: int | None = None
    kinds: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class Case:
    """A pair of quotes that a person made up."""

    why: str
    one: str
    other: str


def letters(text: str) -> str:
    return "".join(filter(str.isalpha, text.lower()))


def passages(folders: Iterable[str], chance: random.Random) -> Iterator[Passage]:
    """Yield the quotes of 5 to 80 words in the texts of folders, each once."""
    seen = set()
    for path in sorted(path for folder in folders for path in Path(folder).rglob("*.txt")):
        text = path.read_text(encoding="utf-8", errors="replace")
        for quoted in QUOTED.finditer(text):
            words = (quoted[1] or quoted[2]).strip()
            if 5 <= len(words.split()) <= 80 and letters(words) not in seen:
                seen.add(letters(words))
                before = SENTENCE.findall(text[: quoted.start()][-600:])
                after = SENTENCE.findall(text[quoted.end() :][:600])
                neutral = chance.choice(NEUTRAL)
                yield Passage(words, before[-1] if before else neutral, after[0] if after else neutral, path)


# -- variants


@cache
def pairs_of(table: str) -> list[tuple[str, str]]:
    """Return the pairs of a table, either way round."""
    pairs = [(one, other) for one, _, other in (pair.strip().partition("/") for pair in table.split(","))]
    return pairs + [(other, one) for one, other in pairs]


def replaced(text: str, pairs: Sequence[tuple[str, str]], chance: random.Random) -> str | None:
    """Put something in place of one word of the text; None if it has no such word."""
    plain = text.replace("’", "'")
    for old, new in chance.sample(pairs, len(pairs)):
        found = list(re.finditer(rf"(?<![\w'\[-]){re.escape(old)}(?![\w'\]-])", plain, re.I))
        if found:
            at = chance.choice(found)
            cased = new[0].upper() + new[1:] if at[0][0].isupper() else new
            return text[: at.start()] + cased + text[at.end() :]
    return None


def elided(text: str, chance: random.Random) -> str | None:
    """Leave out 2 to 6 words inside, at most a third and nothing that turns the sense round."""
    words = text.split()
    count = chance.randint(2, max(2, min(6, len(words) // 3)))
    if len(words) < count + 6:
        return None
    at = chance.randint(3, len(words) - count - 3)
    if NEGATIVE.search(" ".join(words[at : at + count])):
        return None
    return " ".join([*words[:at], chance.choice(ELLIPSES), *words[at + count :]])


def bracketed(text: str, chance: random.Random) -> str | None:
    if chance.random() < 0.5:
        return replaced(text, BRACKETED, chance)
    words = text.split()
    words.insert(chance.randint(1, len(words) - 1), chance.choice(INSERTED))
    return " ".join(words)


def respelled(text: str, chance: random.Random) -> str | None:
    plain = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    spaced = re.sub(r"(?<=[a-z])-(?=[a-z])", " ", text)
    ways = [way for way in (replaced(text, pairs_of(SPELLINGS), chance), plain, spaced) if way not in (None, text)]
    return chance.choice(ways) if ways else None


def stopped(text: str) -> str:
    return text if text[-1] in ".!?" else text.rstrip(",;:") + "."


def remarked(text: str) -> str:
    """Change the apostrophes, the stop at the end and the case of the first letter."""
    text = text.replace("’", "'") if "’" in text else text.replace("'", "’")
    text = text[:-1] if text[-1] in ",.;:" else stopped(text)
    return text if re.match(r"I\b", text) else text[0].swapcase() + text[1:]


def changed(sentence: str, kinds: Sequence[str], chance: random.Random) -> tuple[str, range] | None:
    """Change a sentence in these ways; return it with the words that are left, None if one way does not apply."""
    words = sentence.split()
    first, last = 0, len(words)
    room = len(words) - max(6, math.ceil(len(words) / 2))
    if "start" in kinds:
        first = chance.randint(1, room - ("end" in kinds))
    if "end" in kinds:
        last -= chance.randint(1, room - first if first else room)
    text: str | None = " ".join(words[first:last])
    if "end" in kinds and text:
        text = text.rstrip(",.;:–— -") + ","
    changes = {"ellipsis": elided, "brackets": bracketed, "spelling": respelled}
    for kind, change in changes.items():
        if kind in kinds and text:
            text = change(text, chance)
    if "swap" in kinds and text:
        text = replaced(text, pairs_of(SWAPS), chance)
    return None if text is None else (text, range(first, last))


def variant(passage: Passage, number: int, speaker: str, chance: random.Random) -> Item | None:
    """Print some of the sentences of a quote, one of them changed in one or two ways; None if a way does not apply."""
    kinds = chance.sample(KINDS, chance.choice((1, 2)))
    sentences = STOP.split(passage.words)
    printed = sorted(chance.sample(range(len(sentences)), chance.randint(1, len(sentences))))
    if {"start", "end"} <= set(kinds):
        printed = printed[:1]
    at = printed[-1] if "end" in kinds else printed[0] if "start" in kinds else chance.choice(printed)
    cut = changed(sentences[at], kinds, chance)
    if cut is None:
        return None
    text, parts = "", []
    for n in printed:
        said, left = cut if n == at else (sentences[n], range(len(sentences[n].split())))
        if text:
            text += " " if n - 1 in printed else f" {chance.choice(ELLIPSES)} "
        parts.append(Part((number, n), left, len(text) + 1, len(text) + 1 + len(said)))
        text += said
    if "longer" in kinds:
        if "end" not in kinds and ("start" in kinds or chance.random() < 0.5):
            text = f"{stopped(text)} {passage.after}"
        else:
            text = f"{passage.before} {text}"
            more = len(passage.before) + 1
            parts = [replace(part, start=part.start + more, end=part.end + more) for part in parts]
    opening, closing = STYLES[0]
    if "marks" in kinds:
        text = remarked(text)
        opening, closing = chance.choice(STYLES[1:])
    kinds += ["of several"] * (len(sentences) > 1)
    return Item(opening + text + closing, speaker, number, tuple(sorted(kinds)), tuple(parts))


def whole(passage: Passage, number: int, speaker: str) -> Item:
    """Return a quote as it is."""
    parts, at = [], 1
    for n, sentence in enumerate(STOP.split(passage.words)):
        at = f"“{passage.words}”".index(sentence, at)
        parts.append(Part((number, n), range(len(sentence.split())), at, at + len(sentence)))
    kinds = ("of several", "original") if len(parts) > 1 else ("original",)
    return Item(f"“{passage.words}”", speaker, number, kinds, tuple(parts))


def together(one: Part, other: Part) -> bool:
    """Return whether what is left of a sentence in two variants tells that they are one saying."""
    shared = min(one.left.stop, other.left.stop) - max(one.left.start, other.left.start)
    return one.sentence == other.sentence and shared >= min(len(one.left), len(other.left), OVERLAP)


def variants(passage: Passage, number: int, speaker: str, chance: random.Random) -> list[Item]:
    """Return 2 to 6 variants, the original perhaps one of them, each of which goes together with another."""
    made: list[Item] = []
    if chance.random() < 0.5:
        made.append(whole(passage, number, speaker))
    count = chance.randint(2, 6)
    while len(made) < count:
        new = variant(passage, number, speaker, chance)
        if new is None or new.text in {item.text for item in made}:
            continue
        pairs = product(new.parts, (part for item in made for part in item.parts))
        if not made or any(together(one, other) for one, other in pairs):
            made.append(new)
    return made


def named(chance: random.Random) -> str:
    first, middle = "Ada Ben Cleo Dov Esme Finn Greta", "an el ing on ur ack"
    rows = (first, "Bar Cor Del Fen Gor Hal Jor Kel", middle, "bridge don ford kin ley ro")
    name, *parts = (chance.choice(row.split()) for row in rows)
    return f"{name} {''.join(parts)}"


def material(found: list[Passage], chance: random.Random) -> list[Item]:
    """Return variants of some of the passages and those others that are not like them, in random order.

    A third of them are quotes of several sentences, as far as there are such.
    """
    chance.shuffle(found)
    found.sort(key=lambda passage: len(STOP.split(passage.words)) > 1, reverse=True)
    several = ORIGINALS // 3
    plain = [letters(passage.words) for passage in found]
    chosen: list[int] = []
    for at, passage in enumerate(found):
        sentences = [len(sentence.split()) for sentence in STOP.split(passage.words)]
        fits = 12 <= sum(sentences) <= 60 and min(sentences) >= 8
        is_full = len(chosen) == (ORIGINALS if len(sentences) == 1 else several)
        if is_full or not fits or passage.path in {found[one].path for one in chosen}:
            continue
        if process.extractOne(plain[at], [plain[one] for one in chosen], scorer=fuzz.partial_ratio, score_cutoff=ALIKE):
            continue
        chosen.append(at)
    varied = [variants(found[at], number, named(chance), chance) for number, at in enumerate(chosen)]
    texts = [found[at].words for at in chosen]
    for at, made in zip(chosen, varied, strict=True):
        texts += [add for add in (found[at].before, found[at].after) if any(add in item.text for item in made)]
    queries = [letters(text) for text in texts]
    likeness = process.cdist(queries, plain, scorer=fuzz.partial_ratio, score_cutoff=ALIKE, workers=1).max(axis=0)
    others = [Item(f"“{p.words}”", named(chance)) for p, most in zip(found, likeness, strict=True) if not most]
    items = [item for made in varied for item in made]
    dropped = len(found) - len(chosen) - len(others)
    print(f"{len(items)} variants of {len(chosen)} originals, {len(others)} other quotes; {dropped} dropped as alike")
    items += others
    chance.shuffle(items)
    return items


# -- the store and the counts


def write(writer: Writer, items: Sequence[Item], site: str) -> tuple[list[list[Said]], list[float]]:
    """Write quotes, so many an article; return the sayings of each and the seconds of each article."""
    places: dict[tuple[str, int], int] = {}
    seconds: list[float] = []
    for n in range(0, len(items), EACH):
        url, text, quotes = f"https://{site}.example/{n}", "", []
        for at, item in enumerate(items[n : n + EACH], n):
            places[url, len(text)] = at
            span = len(text), len(text) + len(item.text)
            speaker = Speaker(item.speaker, "person")
            quotes.append(Quote("direct", (span,), item.text, speaker=speaker, method="benchmark"))
            text += f"{item.text} {item.speaker} said.\n"
        outlet = Outlet(f"Outlet {n // EACH % 200}")
        article = Article(text, f"{n}.txt", url=url, outlet=outlet, published="2025-03-04")
        start = time.perf_counter()
        writer.write(Extraction(article, tuple(quotes)))
        seconds.append(time.perf_counter() - start)
    said: list[list[Said]] = [[] for _ in items]
    query = """SELECT articles.url, quotes.start, quotes.text, sayings.start, sayings."end", wording_id
        FROM quotes JOIN articles ON articles.id = article_id JOIN sayings ON quote_id = quotes.id
        WHERE articles.url LIKE ?"""
    for url, begin, text, start, end, wording in writer.db.execute(query, [f"https://{site}.example/%"]):
        assert text == items[places[url, begin]].text
        said[places[url, begin]].append((start - begin, end - begin, wording))
    return said, seconds


def show(title: str, pairs: Iterable[tuple[str, str]], most: int) -> None:
    for one, other in random.Random(1).sample(shown := list(pairs), min(most, len(shown))):
        print(f"\n  {title}\n    {one}\n    {other}")


Unit = tuple[int, Part | None]
"""A place among the items, and a sentence of that item; None for all of one that is no variant."""


def pairs_in(groups: Iterable[tuple[object, Unit]]) -> set[tuple[Unit, Unit]]:
    """Return the pairs of units, of two items, that are in one group."""
    members: defaultdict[object, dict[Unit, None]] = defaultdict(dict)
    for group, unit in groups:
        members[group][unit] = None
    pairs = (pair for units in members.values() for pair in combinations(units, 2))
    return {(one, other) for one, other in pairs if one[0] != other[0]}


def expected_groups(units: Sequence[Unit]) -> Iterator[tuple[object, Unit]]:
    """Yield a number for each unit of a variant: the same for those that belong together, if through a third."""
    group = {unit: n for n, unit in enumerate(units) if unit[1]}
    by_sentence: defaultdict[object, list[Unit]] = defaultdict(list)
    for unit in group:
        assert unit[1]
        by_sentence[unit[1].sentence].append(unit)
    for alike in by_sentence.values():
        for one, other in combinations(alike, 2):
            if together(one[1], other[1]):  # type: ignore[arg-type]
                old, new = group[other], group[one]
                group |= {unit: new for unit in alike if group[unit] == old}
    yield from ((number, unit) for unit, number in group.items())


def found_groups(units: Iterable[Unit], said: Sequence[Sequence[Said]]) -> Iterator[tuple[object, Unit]]:
    """Yield the wordings of each unit: those of the sayings that are mostly of it, or that it is mostly of."""
    for at, part in units:
        for start, end, wording in said[at]:
            common = min(end, part.end) - max(start, part.start) if part else end - start
            if wording is not None and 2 * common > min(end - start, part.end - part.start if part else end):
                yield wording, (at, part)


def report(items: Sequence[Item], said: Sequence[Sequence[Said]], most: int) -> None:
    """Print which sentences of the variants were joined rightly, and which wrongly."""
    units: list[Unit] = [(at, part) for at, item in enumerate(items) for part in item.parts or [None]]
    groups = list(expected_groups(units))
    expected, joined = pairs_in(groups), pairs_in(found_groups(units, said))
    background = {(one, other) for one, other in joined if not one[1] and not other[1]}
    found = joined - background
    right = expected & found
    precision, recall = len(right) / max(1, len(found)), len(right) / len(expected)
    f1 = 2 * len(right) / (len(found) + len(expected))
    apart = sum(not together(one[1], other[1]) for one, other in expected)  # type: ignore[arg-type]
    print(f"pairs of sayings of variants: {len(expected)} expected, {len(found)} found, {len(right)} of these right")
    print(f"precision {precision:.4f}, recall {recall:.4f}, F1 {f1:.4f}")
    print(f"({apart} of the expected pairs share too little to be told by themselves, only through a third)")
    for kind in ("original", *KINDS, "of several"):
        count = sum(kind in item.kinds for item in items)
        wanted, got, wrong = (
            sum((kind in items[one[0]].kinds) + (kind in items[other[0]].kinds) for one, other in pairs)
            for pairs in (expected, right, found - right)
        )
        print(f"  {kind:<10} {count:>5} variants, recall {got / max(1, wanted):.4f}, {wrong} wrong")
    print(f"pairs of other quotes that were joined: {len(background)}")
    for title, pairs in (("wrong", found - right), ("missed", expected - right), ("joined others", background)):
        shown = sorted((items[one[0]].text, items[other[0]].text) for one, other in pairs)
        show(title, shown, most)


def cases(writer: Writer, name: str, *, same: bool, most: int) -> None:
    """Print how many pairs of a file are joined, and by kind how many rightly or wrongly so."""
    lines = (CASES / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    pairs = [Case(**json.loads(line)) for line in lines]
    ones = [Item(case.one, f"Ida Moss{n}") for n, case in enumerate(pairs)]
    others = [
        Item(case.other, f"{'Jon Reed' if case.why == 'stock' else 'Ida Moss'}{n}") for n, case in enumerate(pairs)
    ]
    said, _ = write(writer, ones + others, name.replace("_", "-"))
    wordings = [{wording for *_, wording in sayings} - {None} for sayings in said]
    merged = [bool(one & other) for one, other in zip(wordings, wordings[len(pairs) :], strict=False)]
    kinds = Counter(case.why for case in pairs)
    joined = Counter(case.why for case, is_merged in zip(pairs, merged, strict=True) if is_merged)
    by_kind = ", ".join(f"{why} {joined[why]} of {count}" for why, count in kinds.items())
    print(f"\n{name}: {sum(merged)} of {len(pairs)} merged ({by_kind})")
    wrong = [case for case, is_merged in zip(pairs, merged, strict=True) if is_merged != same]
    for case in wrong[:most]:
        print(f"\n  {case.why}, {'not merged' if same else 'merged'}\n    {case.one}\n    {case.other}")


def main(folders: Sequence[str], most: int) -> None:
    chance = random.Random(1)
    found = list(passages(folders, chance))
    if not found:
        sys.exit("no quotes in these folders")
    fewer = f", fewer than {MOST}: all there are" if len(found) < MOST else ""
    print(f"{min(len(found), MOST)} unique direct quotes of 5 to 80 words{fewer}")
    items = material(found[:MOST], chance)
    write(Writer(open_database(":memory:"), "benchmark"), items[:EACH], "warm-up")  # what is imported at the first one
    writer = Writer(open_database(":memory:"), "benchmark")
    said, seconds = write(writer, items, "news")
    thousand = min(1000 // EACH, len(seconds) // 2)
    start, end = sum(seconds[:thousand]), sum(seconds[-thousand:])
    report(items, said, most)
    print(f"\na thousand quotes at the start {start:.2f} s, at the end {end:.2f} s: ratio {end / start:.2f}")
    cases(writer, "hard_negatives", same=False, most=most)
    cases(writer, "same_wordings", same=True, most=most)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", metavar="FOLDER")
    parser.add_argument("--list", type=int, default=0, metavar="N", help="show so many pairs of each sort")
    options = parser.parse_args()
    main(options.folders, options.list)
