"""Other people's formats, out: tables, networks, annotations and citations, streamed from a database."""

from __future__ import annotations

TABLES = ("csv", "xlsx", "jsonl", "parquet")
"""One row per quote."""
GRAPHS = ("gexf", "graphml")
"""Nodes and edges: see `NETWORKS`."""
NETWORKS = ("quoting", "together")
FORMATS = (*TABLES, *GRAPHS, "webannotation", "csl-json", "bibtex")
BINARY = frozenset({"xlsx", "parquet"})
"""Binary formats."""
