"""Networks of outlets and speakers as GEXF and GraphML, for Gephi, networkx, igraph and the like.

Written a node and an edge at a time, as the libraries that write these formats hold all of them, and write characters
that no XML may hold.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import IO, Any, Literal
from xml.sax.saxutils import escape, quoteattr

from sqlite_utils import Database

from .quote_selection import Advance, Selection, counted

Network = Literal["quoting", "together"]

_UNFIT = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 can't hold."""
_OBEYED = {chr(code): f"&#{code};" for code in (*range(0x7F, 0xA0), *range(0x2028, 0x202F), *range(0x2066, 0x206A))}
"""What XML may hold, and terminals obey."""

ATTRIBUTES = {"type": "string", "kind": "string", "role": "string", "gender": "string", "quotes": "integer"}
"""Of a node: `type` is outlet or speaker, `kind` that of an outlet or a speaker, `quotes` how many it has."""

_NODE = """
SELECT '{0}-' || {0}s.id, {0}s.name, '{0}', {0}s.kind, {1}, count(*)
FROM {0}s CROSS JOIN quotes ON quotes.{0}_id = {0}s.id WHERE {{also}} AND {{where}} GROUP BY {0}s.id ORDER BY {0}s.id
"""
# CROSS: in the order of speakers and outlets, each with its quotes by their index; nothing is to be sorted.
_OUTLETS = _NODE.format("outlet", "NULL, NULL")
_SPEAKERS = _NODE.format("speaker", "speakers.role, speakers.gender")
# In the order of the index quotes_outlet: nothing is to be sorted.
_QUOTING = """
SELECT 'outlet-' || outlet_id, 'speaker-' || speaker_id, count(*) FROM quotes INDEXED BY quotes_outlet
WHERE {also} AND {where} GROUP BY outlet_id, speaker_id
"""
NAMED: dict[Network, str] = {
    "quoting": "quotes.outlet_id IS NOT NULL AND quotes.speaker_id IS NOT NULL",
    "together": "quotes.speaker_id IS NOT NULL",
}
"""Which quotes a network can be of."""
_BESIDE = "quotes.article_id IN (SELECT article_id FROM quotes WHERE {where})"
_TOGETHER = """
WITH present AS MATERIALIZED (SELECT DISTINCT article_id, speaker_id FROM quotes
                              WHERE speaker_id IS NOT NULL AND {also} AND {where} ORDER BY 1, 2)
SELECT 'speaker-' || one.speaker_id, 'speaker-' || other.speaker_id, count(*)
FROM present AS one JOIN present AS other ON other.article_id = one.article_id AND other.speaker_id > one.speaker_id
GROUP BY one.speaker_id, other.speaker_id
"""


@dataclass(frozen=True, slots=True)
class Graph:
    """A network, to be gone through once: its nodes, then its edges.

    nodes (Iterable): Id, label, and the `ATTRIBUTES` that it has.
    edges (Iterable): Id of the source, of the target, weight.
    """

    directed: bool
    nodes: Iterable[tuple[str, str, Mapping[str, str | int]]]
    edges: Iterable[tuple[str, str, int]]


def network(db: Database, selection: Selection, which: Network, advance: Advance) -> Graph:
    """Return who quotes whom (`quoting`), or who is quoted in the same articles (`together`).

    quoting: Edges lead from outlets to speakers; the weight is how many quotes there are.
    together: Edges join speakers; the weight is in how many articles both are quoted. Of a selection of speakers these
        are the articles in which they are quoted, with all who are quoted there.
    """
    tables: tuple[str, ...] = (_OUTLETS, _SPEAKERS)
    edges, named = _QUOTING, NAMED["quoting"]
    where = selection.where
    if which == "together":
        # Pairs are sorted: on disk, as there may be more of them than memory holds.
        db.execute("PRAGMA temp_store = FILE")
        tables, edges = (_SPEAKERS,), _TOGETHER
        named = _BESIDE.format(where=where) if selection.speaker else "true"
        where = selection.where_any_speaker

    def found(sql: str) -> Iterator[Any]:
        return counted(db.execute(sql.format(also=named, where=where), selection.parameters), advance)

    nodes = (
        (name, label, {key: value for key, value in zip(ATTRIBUTES, values, strict=True) if value is not None})
        for table in tables
        for name, label, *values in found(table)
    )
    return Graph(which == "quoting", nodes, found(edges))


def write_gexf(graph: Graph, out: IO[str]) -> None:
    """Write GEXF 1.2, which Gephi and networkx read."""
    kind = "directed" if graph.directed else "undirected"
    out.write('<?xml version="1.0" encoding="UTF-8"?>\n<gexf xmlns="http://www.gexf.net/1.2draft" version="1.2">\n')
    out.write(f'<graph mode="static" defaultedgetype="{kind}">\n<attributes class="node" mode="static">\n')
    for name, value_type in ATTRIBUTES.items():
        out.write(f'<attribute id="{name}" title="{name}" type="{value_type}"/>\n')
    out.write("</attributes>\n<nodes>\n")
    for node, label, values in graph.nodes:
        cells = "".join(f'<attvalue for="{name}" value={_quoted(value)}/>' for name, value in values.items())
        out.write(f"<node id={_quoted(node)} label={_quoted(label)}><attvalues>{cells}</attvalues></node>\n")
    out.write("</nodes>\n<edges>\n")
    for n, (source, target, weight) in enumerate(graph.edges):
        out.write(f'<edge id="{n}" source={_quoted(source)} target={_quoted(target)} weight="{weight}"/>\n')
    out.write("</edges>\n</graph>\n</gexf>\n")


def write_graphml(graph: Graph, out: IO[str]) -> None:
    """Write GraphML, with the label of a node and the weight of an edge where Gephi and igraph look for them."""
    out.write('<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n')
    for name, value_type in {"label": "string", **ATTRIBUTES}.items():
        is_text = value_type == "string"
        out.write(f'<key id="{name}" for="node" attr.name="{name}" attr.type="{"string" if is_text else "int"}"/>\n')
    out.write('<key id="weight" for="edge" attr.name="weight" attr.type="int"/>\n')
    out.write(f'<graph edgedefault="{"directed" if graph.directed else "undirected"}">\n')
    for node, label, values in graph.nodes:
        cells = "".join(f'<data key="{key}">{_text(value)}</data>' for key, value in {"label": label, **values}.items())
        out.write(f"<node id={_quoted(node)}>{cells}</node>\n")
    for source, target, weight in graph.edges:
        data = f'<data key="weight">{weight}</data>'
        out.write(f"<edge source={_quoted(source)} target={_quoted(target)}>{data}</edge>\n")
    out.write("</graph>\n</graphml>\n")


WRITERS: dict[str, Callable[[Graph, IO[str]], None]] = {"gexf": write_gexf, "graphml": write_graphml}


def _text(value: str | int) -> str:
    return escape(_UNFIT.sub("\ufffd", str(value)), _OBEYED)


def _quoted(value: str | int) -> str:
    return quoteattr(_UNFIT.sub("\ufffd", str(value)), _OBEYED)
