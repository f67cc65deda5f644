"""How well quotes that are the same words with small differences are joined, and what this costs in the long run.

    python benchmarks/wordings.py FOLDER... [--list N]

Takes the direct quotes from the text files of the folders (up to 20,000), varies 300 of them as newspapers do, and
writes all in random order through the store. Prints how many pairs of variants were joined that belong together and
how many that do not; the pairs of other quotes that were joined, which may well be the same words; the time of a
thousand quotes at the end against that at the start. Then how many of the pairs in `hard_negatives.jsonl` and
`same_wordings.jsonl` of `tests/linking/wordings` were joined. `--list` shows N pairs of each sort.
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
from dataclasses import dataclass
from functools import cache
from itertools import combinations
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
class Item:
    """A quote to be written, marks included. A variant knows its original, and which words of it are left."""

    text: str
    speaker: str
    original: int | None = None
    kinds: tuple[str, ...] = ()
    left: range = range(0)


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


def variant(passage: Passage, number: int, speaker: str, chance: random.Random) -> Item | None:
    """Change a quote in one or two ways; None if one of them does not apply."""
    kinds = chance.sample(KINDS, chance.choice((1, 2)))
    words = passage.words.split()
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
    if text is None:
        return None
    if "longer" in kinds:
        after = "end" not in kinds and ("start" in kinds or chance.random() < 0.5)
        text = f"{stopped(text)} {passage.after}" if after else f"{passage.before} {text}"
    opening, closing = STYLES[0]
    if "marks" in kinds:
        text = remarked(text)
        opening, closing = chance.choice(STYLES[1:])
    return Item(opening + text + closing, speaker, number, tuple(sorted(kinds)), range(first, last))


def together(one: range, other: range) -> bool:
    """Return whether what is left of an original in two variants tells that they are one saying."""
    shared = min(one.stop, other.stop) - max(one.start, other.start)
    return shared >= min(len(one), len(other), OVERLAP)


def variants(passage: Passage, number: int, speaker: str, chance: random.Random) -> list[Item]:
    """Return 2 to 6 variants, the original perhaps one of them, each of which goes together with another."""
    made: list[Item] = []
    if chance.random() < 0.5:
        made.append(Item(f"“{passage.words}”", speaker, number, ("original",), range(len(passage.words.split()))))
    count = chance.randint(2, 6)
    while len(made) < count:
        new = variant(passage, number, speaker, chance)
        if new is None or new.text in {item.text for item in made}:
            continue
        if not made or any(together(new.left, item.left) for item in made):
            made.append(new)
    return made


def named(chance: random.Random) -> str:
    first, middle = "Ada Ben Cleo Dov Esme Finn Greta", "an el ing on ur ack"
    rows = (first, "Bar Cor Del Fen Gor Hal Jor Kel", middle, "bridge don ford kin ley ro")
    name, *parts = (chance.choice(row.split()) for row in rows)
    return f"{name} {''.join(parts)}"


def material(found: list[Passage], chance: random.Random) -> list[Item]:
    """Return variants of some of the passages and those others that are not like them, in random order."""
    chance.shuffle(found)
    plain = [letters(passage.words) for passage in found]
    chosen: list[int] = []
    for at, passage in enumerate(found):
        fits = 12 <= len(passage.words.split()) <= 60 and passage.path not in {found[one].path for one in chosen}
        if len(chosen) == ORIGINALS or not fits:
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


def write(writer: Writer, items: Sequence[Item], site: str) -> tuple[list[int | None], list[float]]:
    """Write quotes, so many an article; return the wording of each and the seconds of each article."""
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
    wordings: list[int | None] = [None] * len(items)
    query = """SELECT articles.url, quotes.start, quotes.text, wording_id
        FROM quotes JOIN articles ON articles.id = article_id WHERE articles.url LIKE ?"""
    for url, begin, text, wording in writer.db.execute(query, [f"https://{site}.example/%"]):
        assert text == items[places[url, begin]].text
        wordings[places[url, begin]] = wording
    return wordings, seconds


def show(title: str, pairs: Iterable[tuple[str, str]], most: int) -> None:
    for one, other in random.Random(1).sample(shown := list(pairs), min(most, len(shown))):
        print(f"\n  {title}\n    {one}\n    {other}")


def pairs_in(groups: Iterable[object]) -> set[tuple[int, int]]:
    """Return the pairs of places that are in one group; None is no group."""
    places: defaultdict[object, list[int]] = defaultdict(list)
    for at, group in enumerate(groups):
        if group is not None:
            places[group].append(at)
    return {pair for members in places.values() for pair in combinations(members, 2)}


def report(items: Sequence[Item], wordings: Sequence[int | None], most: int) -> None:
    """Print what of the variants was joined rightly, and what wrongly."""
    expected, joined = pairs_in(item.original for item in items), pairs_in(wordings)
    background = {pair for pair in joined if all(items[at].original is None for at in pair)}
    found = joined - background
    right = expected & found
    precision, recall = len(right) / max(1, len(found)), len(right) / len(expected)
    f1 = 2 * len(right) / (len(found) + len(expected))
    apart = sum(not together(items[one].left, items[other].left) for one, other in expected)
    print(f"pairs of variants: {len(expected)} expected, {len(found)} found, {len(right)} of these right")
    print(f"precision {precision:.4f}, recall {recall:.4f}, F1 {f1:.4f}")
    print(f"({apart} of the expected pairs share too little to be told by themselves, only through a third)")
    wanted: Counter[str] = Counter()
    got: Counter[str] = Counter()
    for pair in expected:
        for kind in (kind for at in pair for kind in items[at].kinds):
            wanted[kind] += 1
            got[kind] += pair in right
    for kind in ("original", *KINDS):
        count = sum(kind in item.kinds for item in items)
        print(f"  {kind:<10} {count:>5} variants, recall {got[kind] / max(1, wanted[kind]):.4f}")
    print(f"pairs of other quotes that were joined: {len(background)}")
    for title, pairs in (("wrong", found - right), ("missed", expected - right), ("joined others", background)):
        show(title, ((items[one].text, items[other].text) for one, other in sorted(pairs)), most)


def cases(writer: Writer, name: str, *, same: bool, most: int) -> None:
    """Print how many pairs of a file are joined, and by kind how many rightly or wrongly so."""
    lines = (CASES / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    pairs = [Case(**json.loads(line)) for line in lines]
    ones = [Item(case.one, f"Ida Moss{n}") for n, case in enumerate(pairs)]
    others = [
        Item(case.other, f"{'Jon Reed' if case.why == 'stock' else 'Ida Moss'}{n}") for n, case in enumerate(pairs)
    ]
    wordings, _ = write(writer, ones + others, name.replace("_", "-"))
    merged = [one is not None and one == other for one, other in zip(wordings, wordings[len(pairs) :], strict=False)]
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
    wordings, seconds = write(writer, items, "news")
    thousand = min(1000 // EACH, len(seconds) // 2)
    start, end = sum(seconds[:thousand]), sum(seconds[-thousand:])
    report(items, wordings, most)
    print(f"\na thousand quotes at the start {start:.2f} s, at the end {end:.2f} s: ratio {end / start:.2f}")
    cases(writer, "hard_negatives", same=False, most=most)
    cases(writer, "same_wordings", same=True, most=most)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", metavar="FOLDER")
    parser.add_argument("--list", type=int, default=0, metavar="N", help="show so many pairs of each sort")
    options = parser.parse_args()
    main(options.folders, options.list)
