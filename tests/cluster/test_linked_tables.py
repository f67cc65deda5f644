"""What a cluster links is what one machine links, in whatever number of partitions."""

from __future__ import annotations

import random
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database
from told import TOWN, article, loose_ends, press, said, sayings, told, write

from quotes.records import Extraction
from quotes.store.checking import check
from quotes.store.database import open_database
from quotes.store.writing import Writer

pytest.importorskip("pyarrow")

STOCK = "“The harbour pier will be rebuilt before the winter by every captain”"


def crowd() -> list[Extraction]:
    """Articles in which everybody says nearly the same, more often than a gram may be to find anything; and others."""
    chance = random.Random(5)
    found = []
    for n in range(140):
        tail = " ".join(chance.choices(TOWN, k=8))
        found.append(article(f"crowd{n}", said(f"{STOCK[:-1]} {tail}”", f"Ana{n} Cort"), outlet=f"Outlet {n % 7}"))
    for n in range(60):
        words = " ".join(chance.choices(TOWN, k=16))
        for part, (start, end) in enumerate(((0, 16), (0, 11), (5, 16), (2, 14))):
            text = f"“{' '.join(words.split()[start:end])}”"
            by = chance.choice(("Maria Novak", "M. Novak", "Novak", "Mario Novak"))
            role = chance.choice(("mayor of Quillan", "coach", None))
            day = f"2025-0{1 + part}-0{1 + n % 9}"
            found.append(article(f"part{n}-{part}", said(text, by, role), day=day, outlet=f"Outlet {part}"))
    return found


def finished(spark: Any, output: Path, extractions: Iterable[Extraction]) -> None:
    """Write an output as it is after `quotes cluster extract`."""
    import pyarrow.parquet as pq

    from quotes.cluster.article_rows import EXTRACTIONS, Placed, batch_of, extraction_row
    from quotes.cluster.output_folder import OutputFolder
    from quotes.cluster.parquet_tables import write_tables

    step = output / "_steps" / "00001" / "rows"
    step.mkdir(parents=True)
    rows = [extraction_row(Placed("in.jsonl", n, one.article), one, "test") for n, one in enumerate(extractions)]
    with pq.ParquetWriter(step / "0.parquet", EXTRACTIONS) as writer:
        writer.write_batch(batch_of(rows, EXTRACTIONS))
    (step / "_SUCCESS").touch()
    write_tables(OutputFolder(spark, str(output)))


def linked(spark: Any, output: Path, partitions: int) -> None:
    from quotes.cluster.linked_tables import write_links
    from quotes.cluster.output_folder import OutputFolder

    spark.conf.set("spark.sql.shuffle.partitions", str(partitions))
    write_links(OutputFolder(spark, str(output)))


def loaded(output: Path, path: Path, **cut: Any) -> Database:
    from quotes.cluster.loading import load

    load(str(output), path, **cut)
    return open_database(path, create=False)


def test_the_same_as_on_one_machine(spark: Any, tmp_path: Path, db: Database) -> None:
    extractions = [*press(), *crowd()]
    write(db, *extractions)
    shapes = {len(group) for group in sayings(db)}
    assert max(shapes) > 2, "there is something to be linked"
    finished(spark, tmp_path / "out", extractions)
    for partitions in (2, 7):
        linked(spark, tmp_path / "out", partitions)
        path = tmp_path / f"{partitions}.db"
        found = loaded(tmp_path / "out", path)
        assert told(found) == told(db)
        for table in ("wording_grams", "wording_edges", "article_edges", "wording_variants", "speaker_names"):
            count = f"SELECT count(*) FROM {table}"
            assert found.execute(count).fetchone() == db.execute(count).fetchone()
        assert [fault.what for fault in check(found, path)] == []
        found.close()
    # What comes later is linked with what the cluster has linked.
    later = [article("later", said(f"{STOCK[:-1]} at last”", "M. Novak", "mayor of Quillan")), *press()[:2]]
    grown = open_database(tmp_path / "7.db", create=False)
    for database in (db, grown):
        writer = Writer(database, "test")
        for one in later:
            if not writer.known(one.article):
                writer.write(one)
    assert told(grown) == told(db)
    assert loose_ends(grown) == {}
    grown.close()


def test_a_part_is_sound_by_itself(spark: Any, tmp_path: Path, db: Database) -> None:
    from quotes.cluster.spark_session import ClusterError
    from quotes.errors import DatabaseError

    extractions = crowd()
    write(db, *extractions)
    finished(spark, tmp_path / "out", extractions)
    with pytest.raises(ClusterError, match="not linked yet"):
        loaded(tmp_path / "out", tmp_path / "early.db")
    linked(spark, tmp_path / "out", 3)
    cut = {"months": ["2025-02", "2025-03"], "outlets": ["Outlet 1", "Outlet 2"]}
    part = loaded(tmp_path / "out", tmp_path / "part.db", **cut)
    assert loose_ends(part) == {}
    assert part.execute("SELECT count(*) FROM articles").fetchone() == (120,)
    groups = sayings(db)
    assert all(any(group <= whole for whole in groups) for group in sayings(part)), "joined as in the whole"
    assert any(len(group) > 1 for group in sayings(part))
    part.close()
    with pytest.raises(DatabaseError, match="is there already"):
        loaded(tmp_path / "out", tmp_path / "part.db")
    with pytest.raises(ClusterError, match="no article of 1999-01"):
        loaded(tmp_path / "out", tmp_path / "none.db", months=["1999-01"])
    assert not list(tmp_path.glob("none.db*")), "nothing is left of what could not be made"
