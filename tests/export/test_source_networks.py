from __future__ import annotations

import io

import networkx
import pytest

from quotes.export.quote_selection import Selection
from quotes.export.source_networks import Network

from .conftest import Export

Nodes = dict[str, dict[str, object]]
Edges = dict[tuple[str, str], int]


def read(exported: Export, form: str, which: Network, selection: Selection | None = None) -> tuple[Nodes, Edges]:
    """The attributes of the nodes by label, and the weights of the edges by labels."""
    opened = {"gexf": networkx.read_gexf, "graphml": networkx.read_graphml}[form]
    graph = opened(io.BytesIO(exported(form, selection, which).encode()))
    assert graph.is_directed() == (which == "quoting")
    names = {node: values["label"] for node, values in graph.nodes(data=True)}
    nodes = {values["label"]: values for _, values in graph.nodes(data=True)}
    return nodes, {(names[one], names[other]): weight for one, other, weight in graph.edges(data="weight")}


BO = "Bo \ufffdLind <b>"


@pytest.mark.parametrize("form", ["gexf", "graphml"])
def test_who_quotes_whom(exported: Export, form: str) -> None:
    nodes, edges = read(exported, form, "quoting")
    courier = "Zorran Courier & Sons"
    assert edges == {(courier, "Ana Cortés"): 2, (courier, BO): 1, (courier, "a harbour official"): 1}
    assert set(nodes) == {courier, "Ana Cortés", BO, "a harbour official"}
    ana = nodes["Ana Cortés"]
    assert (ana["type"], ana["kind"], ana["role"], ana["gender"]) == ("speaker", "person", "mayor", "woman")
    assert (ana["quotes"], nodes[courier]["quotes"], nodes[courier]["type"]) == (2, 4, "outlet")


@pytest.mark.parametrize("form", ["gexf", "graphml"])
def test_who_is_quoted_with_whom(exported: Export, form: str) -> None:
    _, edges = read(exported, form, "together")
    assert {frozenset(pair): weight for pair, weight in edges.items()} == {
        frozenset({"Ana Cortés", BO}): 1,
        frozenset({"Ana Cortés", "a harbour official"}): 1,
    }
    _, beside_bo = read(exported, form, "together", Selection(speaker="lind"))
    assert list(map(set, beside_bo)) == [{"Ana Cortés", BO}]
