"""Which speakers are one, which are not, what one is called: decided by hand, over what names say, and for good."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from sqlite_utils import Database

from ...errors import DecisionError
from ...lexicon.plain_letters import plain_name
from ...linking.links import Linking
from ...linking.people.matching import unit_of
from ..rows.inserting import now

_DIGITS = 19  # of a number too large for an id
_MOST_WORDS = 20  # that are looked for
_ADDRESS = "speaker_names.kind || ':' || key || iif(scope = '', '', char(9) || scope)"


@dataclass(frozen=True, slots=True)
class ListedSpeaker:
    """A speaker with what is known of it.

    gender (str | None): `woman` or `man` where its articles show it.
    spellings (str): What articles call it, the most frequent first, with counts.
    """

    id: int
    name: str
    kind: str
    role: str | None
    gender: str | None
    quotes: int
    outlets: int
    spellings: str


def list_speakers(
    db: Database, words: str = "", *, kind: str | None = None, gender: str | None = None, limit: int = 50
) -> Iterator[ListedSpeaker]:
    """Yield the speakers that have all of these words in one of their names, the most quoted first."""
    db.register_function(plain_name, deterministic=True, replace=True)
    wanted = [("speakers.kind = ?", kind), ("speakers.gender = ?", gender)]
    where = ["1", *(condition for condition, value in wanted if value)]
    parameters: list[object] = [value for _, value in wanted if value]
    for word in plain_name(words).split()[:_MOST_WORDS]:
        where.append(
            """(instr(plain_name(speakers.name), ?) OR EXISTS (
                SELECT 1 FROM speaker_names WHERE speaker_id = speakers.id AND instr(plain_name(name), ?)))"""
        )
        parameters += [word, word]
    rows = db.query(
        f"""
        SELECT speakers.id, speakers.name, speakers.kind, speakers.role, speakers.gender, count(quotes.id) AS quotes,
               count(DISTINCT quotes.outlet_id) AS outlets,
               (SELECT coalesce(group_concat(name || ' (' || n || ')', ', '), '') FROM (
                   SELECT spelled.name AS name, count(*) AS n FROM speaker_names AS spelled
                   JOIN quotes ON quotes.name_id = spelled.id WHERE spelled.speaker_id = speakers.id
                   GROUP BY spelled.name ORDER BY n DESC, spelled.name)) AS spellings
        FROM speakers JOIN quotes ON quotes.speaker_id = speakers.id
        WHERE {" AND ".join(where)}
        GROUP BY speakers.id ORDER BY quotes DESC, speakers.name, speakers.id LIMIT ?
        """,
        [*parameters, limit],
    )
    yield from (ListedSpeaker(**row) for row in rows)


def find_speaker(db: Database, wanted: str) -> int:
    """Return the id of the speaker with this number, or this name.

    RAISES (DecisionError): If there is none, or more than one.
    """
    wanted = _one_line(wanted)
    number = int(wanted) if wanted.isdecimal() and len(wanted) < _DIGITS else -1
    if db.execute("SELECT 1 FROM speakers WHERE id = ?", [number]).fetchone():
        return number
    db.register_function(plain_name, deterministic=True, replace=True)
    found = db.execute(
        """SELECT DISTINCT speakers.id, speakers.name, speakers.role FROM speakers
        JOIN speaker_names ON speaker_id = speakers.id
        WHERE :plain <> '' AND :plain IN (plain_name(speaker_names.name), plain_name(speakers.name))
            OR :name IN (speaker_names.name, speakers.name) ORDER BY speakers.id""",
        {"plain": plain_name(wanted), "name": wanted},
    ).fetchall()
    if not found:
        raise DecisionError(
            f"{wanted}: no speaker of this name or number; `quotes speakers list {wanted}` looks for more"
        )
    if len(found) > 1:
        shown = "; ".join(f"{number} {name}{f', {role}' if role else ''}" for number, name, role in found[:5])
        raise DecisionError(f"{wanted}: {len(found)} speakers have this name, give the number of one ({shown})")
    return int(found[0][0])


def merge(db: Database, one: int, other: int) -> int:
    """Decide that two speakers are one; return its id.

    RAISES (DecisionError): If they are the same row, or of different kinds.
    """
    if one == other:
        raise DecisionError(f"speaker {one} is one already")
    if len(kinds := {_kind(db, one), _kind(db, other)}) > 1:
        raise DecisionError(f"{' and '.join(sorted(kinds))} are not one speaker")
    with db.atomic():
        keys, others = _keys(db, one), _keys(db, other)
        for pair in product(keys, others):
            db.execute(
                "DELETE FROM speaker_decisions WHERE kind = 'split' AND one IN (:a, :b) AND other IN (:a, :b)",
                {"a": pair[0], "b": pair[1]},
            )
            _decide(db, "merge", *pair)
        _link(db, [*keys, *others])
        return _speaker_of(db, keys[0])


def split(db: Database, speaker: int, names: Sequence[str]) -> None:
    """Decide that these names are not of a speaker that has them now.

    RAISES (DecisionError): If it has no such name, no other, or only this one in other letters.
    """
    with db.atomic():
        rows = db.execute(f"SELECT name, {_ADDRESS} FROM speaker_names WHERE speaker_id = ?", [speaker]).fetchall()
        wanted = {plain_name(name) for name in names}
        taken = {key for name, key in rows if plain_name(name) in wanted}
        left = {key for _, key in rows} - taken
        names = list(map(_one_line, names))
        if missing := [name for name in names if plain_name(name) not in {plain_name(name) for name, _ in rows}]:
            known = ", ".join(sorted({name for name, _ in rows}))
            raise DecisionError(f"{missing[0]}: speaker {speaker} is not called so, but {known}")
        if not left:
            raise DecisionError(
                f"speaker {speaker} has no other name than {', '.join(names)}, letters and titles apart"
            )
        for one, other in product(sorted(taken), sorted(left)):
            db.execute(
                "DELETE FROM speaker_decisions WHERE kind = 'merge' AND one IN (:a, :b) AND other IN (:a, :b)",
                {"a": one, "b": other},
            )
            _decide(db, "split", one, other)
        _link(db, [*taken, *left])


def rename(db: Database, speaker: int, name: str) -> None:
    """Decide what a speaker is called; quotes of new articles in its other names are still its own."""
    with db.atomic():
        for key in _keys(db, speaker):
            db.execute("DELETE FROM speaker_decisions WHERE kind = 'rename' AND one = ?", [key])
            _decide(db, "rename", key, _one_line(name))
        Linking(db).speakers.rename(speaker)


def _one_line(name: str) -> str:
    """Return a name as it can be stored, and told in an error of one line."""
    return " ".join(name.encode("utf-8", "replace").decode().split())


def _kind(db: Database, speaker: int) -> str:
    row = db.execute("SELECT kind FROM speakers WHERE id = ?", [speaker]).fetchone()
    if row is None:
        raise DecisionError(f"there is no speaker {speaker}")
    return str(row[0])


def _keys(db: Database, speaker: int) -> list[str]:
    """Return what decisions call a speaker by: the addresses of its namings, that of the name that is shown first."""
    rows = db.execute(
        f"""SELECT {_ADDRESS} AS address FROM speaker_names JOIN speakers ON speakers.id = speaker_id
        WHERE speaker_id = ? GROUP BY address ORDER BY max(speaker_names.name = speakers.name) DESC, address""",
        [speaker],
    )
    return [address for (address,) in rows.fetchall()]


def _speaker_of(db: Database, address: str) -> int:
    sql = "SELECT speaker_id FROM speaker_names WHERE kind = ? AND key = ? AND scope = ? ORDER BY id LIMIT 1"
    return int(db.execute(sql, unit_of(address)).fetchone()[0])


def _decide(db: Database, kind: str, one: str, other: str) -> None:
    db.execute(
        "INSERT OR REPLACE INTO speaker_decisions (kind, one, other, decided_at) VALUES (?, ?, ?, ?)",
        [kind, one, other, now()],
    )


def _link(db: Database, addresses: Iterable[str]) -> None:
    linking = Linking(db)
    linking.speakers.link(set(map(unit_of, addresses)))
    linking.settle({})
