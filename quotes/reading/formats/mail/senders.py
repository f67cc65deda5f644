"""Who sent a mail: an outlet, a person, or a person at an outlet."""

from __future__ import annotations

import re
from dataclasses import dataclass
from email.utils import getaddresses

from ....outlets.directory import by_domain, by_name
from ...page.bylines import joined, names_in

# A mailbox of a house, not of a person.
_ROLE = re.compile(
    r"(?:no-?reply|do-?not-?reply|news|newsletters?|newsdesk|newsroom|alerts?|editors?|editorial|hello|info|mail|mailer"
    r"|press|media|briefing|daily|morning|breaking\w*|updates?|subscriptions?|support|contact|team|digest)(?:[\W_\d].*)?$",
    re.I,
)
_OF_OUTLETS = re.compile(
    r"\b(?:times|post|news|herald|courier|gazette|journal|tribune|chronicle|observer|guardian|telegraph|standard|star|sun"
    r"|mail|mirror|press|weekly|daily|today|review|magazine|newsletter|briefing|bulletin|digest|report|media|radio|tv"
    r"|broadcasting|agency|wire|online|ledger|examiner|advertiser|argus|echo|record|sentinel|dispatch|monitor|globe)\b",
    re.I,
)
# `Jane Doe at The Tide`, `Jane Doe from The Tide`, `Jane Doe, The Tide`, `Jane Doe via The Tide`.
_AT = re.compile(r"^(?P<who>.{3,60}?)(?:\s+(?:at|from|via|of)\s+|\s*[,|/]\s*|\s+[-–—]\s+)(?P<where>.{2,80})$", re.I)
_REVERSED = re.compile(r"^([^\W\d_][\w'’-]+), ([^\W\d_][\w.'’-]*(?: [^\W\d_]\.?)?)$")  # `Doe, Jane`
# Mailboxes of everybody.
_EVERYBODY = re.compile(
    r"(?:gmail|googlemail|outlook|hotmail|live|msn|yahoo|ymail|aol|icloud|me|mac|gmx|web|mail|proton|protonmail|fastmail"
    r"|substack|beehiiv|mailchimp|mailchimpapp|mcsv|rsgsv|sendgrid|ghost|buttondown|convertkit|medium|googlegroups)\.",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sent a mail; None where it does not say."""

    outlet: str | None = None
    byline: str | None = None


def sender(value: str, is_bulk: bool = False) -> Sender:
    """Return who sent a mail.

    value (str): Its `From`, decoded.
    is_bulk (bool): It went to many, as newsletters do.
    """
    name, address = next(iter(getaddresses([value])), ("", ""))
    name = " ".join(name.split()).strip("\"' ")
    name = _REVERSED.sub(r"\2 \1", name)
    mailbox, _, domain = address.rpartition("@")
    known = by_name(name)
    if known:
        return Sender(known.name)
    match = _AT.match(name)
    if match and (names := names_in(match["who"])):
        where = by_name(match["where"])
        return Sender(where.name if where else match["where"], joined(names))
    of_domain = by_domain(domain) if domain and not _EVERYBODY.match(domain) else None
    names = names_in(name)
    if of_domain:
        is_person = bool(names) and not _OF_OUTLETS.search(name) and not _ROLE.match(mailbox)
        return Sender(of_domain.name, joined(names) if is_person else None)
    if name and (
        _is_house(name, domain) or _ROLE.match(mailbox) or _OF_OUTLETS.search(name) or (is_bulk and not names)
    ):
        return Sender(name)
    return Sender(None, joined(names))


def _is_house(name: str, domain: str) -> bool:
    """Whether a name is that of a domain: `Harbour Courier` at `mail.harbourcourier.example`."""
    letters = re.sub(r"^the|\W", "", name.casefold())
    return len(letters) > 2 and any(
        letters in label or (len(label) > 3 and label in letters)
        for label in map(_letters, domain.casefold().split(".")[:-1])
    )


def _letters(label: str) -> str:
    return re.sub(r"^the|\W", "", label)
