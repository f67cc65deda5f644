"""Outlets and news agencies that are known by domain or by name.

The table is `outlets.csv`, one row an outlet. Its columns:

name: As readers know it; with its place in brackets where several outlets share the name
    (`The Star (Malaysia)`), so that the bare name finds none of them.
domain: Its hosts without `www.`, separated by `|`, the main one first. A host stands for
    all hosts below it.
kind: One of `OUTLET_KINDS`.
spellings: Other spellings, separated by `|`. Only those that no other outlet goes by.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import cast
from urllib.parse import urlsplit

from ..records import Outlet, OutletKind

LONGEST_ACRONYM = 5
"""Letters in the longest name in capitals that is matched in capitals only: `UNI`, `SANA`, `NAMPA`."""

_SCHEME = re.compile(r"(?:[a-z][a-z0-9+.-]*:)?//", re.IGNORECASE)
_THE = re.compile(r"^the (?=.)", re.IGNORECASE)
_APOSTROPHES = str.maketrans("‘’ʼ＇", "''''")


@dataclass(frozen=True, slots=True)
class _Table:
    outlets: tuple[Outlet, ...]
    domains: dict[str, Outlet]
    names: dict[str, Outlet]


def all_outlets() -> tuple[Outlet, ...]:
    """Every outlet of the table, sorted by name."""
    return _table().outlets


def by_domain(url: str) -> Outlet | None:
    """The outlet that a web address belongs to; None if there is none or the address is malformed.

    url (str): A full URL or a host. User info, port, `www.` and other subdomains don't matter;
        of several hosts that fit, the longest wins.
    """
    domains = _table().domains
    labels = host(url).split(".")
    if not all(labels):
        return None
    suffixes = (".".join(labels[start:]) for start in range(len(labels)))
    return next((domains[suffix] for suffix in suffixes if suffix in domains), None)


def by_name(spelling: str) -> Outlet | None:
    """The outlet that goes by this name, or None.

    spelling (str): A name as someone wrote it. A leading "the", the kind of apostrophe and of
        white space don't matter, nor does case, with two exceptions. Acronyms must be in capitals:
        `UNI` is an agency, `uni` a school. Names of "The" and one word need their capital:
        `The Economist` is a magazine, `the economist` a person.
    """
    names = _table().names
    bare = _bare(spelling)
    return names.get(bare) or names.get(bare.casefold())


def agency(spelling: str) -> Outlet | None:
    """The news agency that goes by this name, or None; spelled as for `by_name`."""
    outlet = by_name(spelling)
    return outlet if outlet and outlet.kind == "agency" else None


@cache
def _table() -> _Table:
    outlets: list[Outlet] = []
    domains: dict[str, Outlet] = {}
    names: dict[str, Outlet] = {}
    text = files("quotes.outlets").joinpath("outlets.csv").read_text(encoding="utf-8")
    for row in csv.DictReader(text.splitlines()):
        hosts = row["domain"].split("|")
        outlet = Outlet(row["name"], hosts[0], cast(OutletKind, row["kind"]))
        outlets.append(outlet)
        domains.update(dict.fromkeys(hosts, outlet))
        for spelling in [row["name"], *filter(None, row["spellings"].split("|"))]:
            names.update(dict.fromkeys(_keys(spelling), outlet))
    return _Table(tuple(outlets), domains, names)


def host(url: str) -> str:
    """The host of a URL, or of an address without a scheme; empty if there is none."""
    url = url.strip()
    try:
        return (urlsplit(url if _SCHEME.match(url) else f"//{url}").hostname or "").removesuffix(".")
    except ValueError:
        return ""


def letters(name: str) -> str:
    """The letters of a name as a host spells them: `The Ellery Post` and `ellerypost` have the same."""
    return re.sub(r"^the|[\W_]", "", name.casefold().removeprefix("www."))


def is_spelled_by(name: str, domain: str) -> bool:
    """Whether a host has the name of an outlet for a label: `www.ellerypost.example` that of The Ellery Post."""
    return letters(name) in {letters(label) for label in domain.split(".")}


def _bare(spelling: str) -> str:
    """A name in straight apostrophes and single spaces, without a leading "the"."""
    return _THE.sub("", " ".join(spelling.translate(_APOSTROPHES).split()), count=1)


def _keys(spelling: str) -> tuple[str, ...]:
    """What a name of the table is found under: with its case where case tells, else casefolded."""
    bare = _bare(spelling)
    if bare.isalpha() and bare.isupper() and len(bare) <= LONGEST_ACRONYM:
        return (bare,)
    if _THE.match(spelling) and " " not in bare:
        return (bare, bare.upper())
    return (bare.casefold(),)
