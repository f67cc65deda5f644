"""Whether a cluster finds what one machine finds, and what it costs beside that.

    python benchmarks/cluster.py FOLDER [ARTICLES]

Makes ARTICLES (default: 2,000) out of the text files of a folder, copies of them with a line more where these are
too few, and extracts them by `quotes ingest` and by `quotes cluster extract` on two executors of one core each; links
them in 2, 7 and 20 partitions; and compares the databases row by row. Prints the processor time of the processes that
extract, of both; articles a core-hour; bytes an article. Needs Java and 8 GB of memory.
"""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing, suppress
from pathlib import Path

from ingest import tree

MASTER = "local-cluster[2,1,2048]"
FILES = 10
PARTITIONS = (2, 7, 20)
SAMPLED = 1.0
TICKS = os.sysconf("SC_CLK_TCK")

QUERIES = {
    "quotes": """
        SELECT quotes.hash, coalesce(articles.url, sha256), articles.source, outlets.name, quotes.published,
            quotes.kind,
            quotes.act, quotes.text, cue, mention, mention_kind, via.name, quotes.citing, quotes.gender, gender_words,
            confidence, method, quotes.start, quotes."end", cue_start, mention_start, quotes.folded
        FROM quotes JOIN articles ON articles.id = article_id LEFT JOIN outlets ON outlets.id = quotes.outlet_id
        LEFT JOIN outlets AS via ON via.id = via_id""",
    "spans": """
        SELECT hash, n, quote_spans.start, quote_spans."end"
        FROM quote_spans JOIN quotes ON quotes.id = quote_id""",
    "speakers": """
        SELECT hash, speakers.name, speakers.kind, speakers.role, speakers.gender, names.name, names.role, key, scope,
            (SELECT min(hash) FROM quotes AS other WHERE other.speaker_id = quotes.speaker_id)
        FROM quotes JOIN speakers ON speakers.id = quotes.speaker_id
        JOIN speaker_names AS names ON names.id = name_id""",
    "wordings": """
        SELECT hash, n, form, wordings.text, wordings.quotes, outlets, speakers, first_published, last_published,
            (SELECT form FROM wording_variants WHERE id = own.parent_id),
            (SELECT min(form) FROM wording_variants AS other WHERE other.wording_id = wordings.id)
        FROM sayings JOIN quotes ON quotes.id = quote_id JOIN wording_variants AS own ON own.id = variant_id
        JOIN wordings ON wordings.id = sayings.wording_id""",
    "likenesses": """
        SELECT shorter.form, fuller.form, kind, score FROM wording_edges
        JOIN wording_variants AS shorter ON shorter.id = shorter_id
        JOIN wording_variants AS fuller ON fuller.id = fuller_id""",
    "articles": """
        SELECT url, articles.sha256, title, published, source, words, outlets.name, article_groups.articles,
            article_groups.outlets, (SELECT sha256 || url FROM articles AS original WHERE original.id = original_id)
        FROM articles LEFT JOIN outlets ON outlets.id = outlet_id
        LEFT JOIN article_groups ON article_groups.id = group_id""",
    "topics": """
        SELECT sha256, topics.name FROM article_topics JOIN articles ON articles.id = article_id
        JOIN topics ON topics.id = topic_id""",
}
"""What two databases are compared by; ids are as they come."""


def rows(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """Return what is in a database, by what it is."""
    with closing(sqlite3.connect(path)) as db:
        return {what: sorted(db.execute(sql).fetchall(), key=repr) for what, sql in QUERIES.items()}


def written(source: Path, count: int, folder: Path) -> None:
    """Write articles as JSON lines into a folder."""
    texts = sorted(source.rglob("*.txt"))
    lines = []
    for n in range(count):
        path, copy = texts[n % len(texts)], n // len(texts)
        text = path.read_text(encoding="utf-8", errors="replace") + (f"\n\nCopy {copy} for others.\n" if copy else "")
        day = f"2025-{1 + n % 3:02}-{1 + n % 28:02}"
        url = f"https://{path.parent.name}{copy}.example/{path.stem}"
        house = path.stem.split("_")[1 if "_" in path.stem else 0].title()
        lines.append({"text": text, "url": url, "published": day, "outlet": f"{house} {'Evening ' * copy}News"})
    for n in range(FILES):
        (folder / f"{n:02}.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines[n::FILES]))


def run(*arguments: str) -> dict[str, float]:
    """Run `quotes`; return the seconds of processor time of what it starts: `python`, `java`, `main`, and `wall`."""
    command = [sys.executable, "-c", "from quotes.cli.main import main; main(prog_name='quotes')", *arguments]
    spent: dict[int, tuple[str, float]] = {}
    began = time.monotonic()
    with subprocess.Popen(command) as process:
        while process.poll() is None:
            for pid in tree(process.pid):
                with suppress(OSError, IndexError):
                    name = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")[0]
                    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
                    kind = "main" if pid == process.pid else "java" if name.endswith(b"java") else "python"
                    spent[pid] = kind, (int(fields[11]) + int(fields[12])) / TICKS
            time.sleep(SAMPLED)
    if process.returncode:
        sys.exit(f"quotes {arguments[0]} failed")
    found = {kind: sum(seconds for of, seconds in spent.values() if of == kind) for kind in ("python", "java", "main")}
    return found | {"wall": time.monotonic() - began}


def size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*.parquet"))


def main(source: Path, count: int) -> None:
    with tempfile.TemporaryDirectory() as place:
        given, out, one = (Path(place, name) for name in ("in", "out", "one.db"))
        given.mkdir()
        written(source, count, given)
        spark = ("--master", MASTER, "-q")
        there = run("cluster", "extract", str(given), str(out), *spark, "--partitions", "20", "--files-per-step", "20")
        print(f"cluster extract: {told(there)}", flush=True)
        here = run("ingest", str(given), "--db", str(one), "--workers", "2", "-q")
        print(f"quotes ingest:   {told(here)}", flush=True)
        print(f"processor time of what reads and extracts, cluster / ingest: {there['python'] / here['python']:.2f}")
        print(f"articles a core-hour: {3600 * count / (there['python'] + there['java']):,.0f}")
        expected = rows(one)
        quotes = len(expected["quotes"])
        for name in ("articles", "quotes", "quote_spans", "_steps"):
            print(f"{name}: {size(out / name) / count:,.0f} bytes an article")
        for partitions in PARTITIONS:
            os.environ["PYSPARK_SUBMIT_ARGS"] = f"--conf spark.sql.shuffle.partitions={partitions} pyspark-shell"
            linked = run("cluster", "link", str(out), *spark)
            db = Path(place, f"{partitions}.db")
            run("cluster", "load", str(out), "--db", str(db), "-q")
            found = rows(db)
            differing = [what for what in QUERIES if found[what] != expected[what]]
            same = f"differing: {differing or 'nothing'}"
            print(f"{partitions} partitions: {told(linked)}; {quotes:,} quotes; {same}", flush=True)
        print(f"rows compared: { {what: len(of) for what, of in expected.items()} }")


def told(spent: dict[str, float]) -> str:
    return ", ".join(f"{name} {seconds:,.0f} s" for name, seconds in spent.items())


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) == 3 else 2_000)
