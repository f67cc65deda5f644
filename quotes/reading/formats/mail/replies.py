"""The text of a mail without what it quotes, signs with and says of itself."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_QUOTE = re.compile(r"\s{0,3}>")
# `On Mon, 3 Mar 2025 at 10:12, Jane Doe <jane@tide.example> wrote:`; it may run over two lines.
_WROTE = re.compile(
    r"(?:on|am|le|el)\b.{5,250}\b(?:wrote|writes|schrieb|a écrit|escribió)\s*:\s*$|.{3,100}\bwrote:\s*$",
    re.I | re.S,
)
_SIGNATURE = "-- "
_SENT_FROM = re.compile(r"(?:sent from (?:my|a)\b|get outlook for\b|sent (?:with|via) ).{0,80}$", re.I)
_LONGEST_SIGNATURE = 16  # lines; below a line of two dashes without the space there may be a story as well
_ORIGINAL = re.compile(r"\W{2,}\s*(?:original message|original appointment|reply message)\s*\W{2,}$", re.I)
_FORWARDED = re.compile(
    r"(?:\W{2,}\s*(?:forwarded message|forwarded by\b.{0,80}|original message)\s*\W*|begin forwarded message\W*)$", re.I
)
_HEADER = re.compile(r"\W{0,3}(?P<name>from|date|sent|subject|to|cc|reply-to)\W{0,2}:\W{0,2}\s*(?P<value>.*)$", re.I)
_MOST_HEADERS = 12  # lines
_FOOTER = re.compile(
    r".{0,60}\b(?:unsubscribe|opt[- ]out)\b"
    r"|.{0,30}\bview (?:this (?:e-?mail|newsletter|message)|it|online)?\s?(?:in|on) (?:your|the|a) (?:web )?browser"
    r"|(?:view|read) (?:this )?(?:e-?mail |newsletter )?(?:online|in browser)\b"
    r"|(?:you(?:[’']re| are| have)?|this e-?mail was) (?:receiv\w+|getting|subscribed|signed up|sent)\b.{0,80}"
    r"\b(?:e-?mails?|newsletters?|list|subscri\w+|signed up|opted)\b"
    r"|(?:manage|update|change) (?:your )?(?:e-?mail |subscription )?(?:preferences|settings|subscriptions?)"
    r"|was this (?:e-?mail|newsletter) forwarded|forwarded this e-?mail|add us to your address book"
    r"|having trouble (?:viewing|reading)|trouble viewing this",
    re.I,
)
_QUOTED = re.compile(r"[\"“”]")
_LONGEST_FOOTER = 40  # words
_ADDRESS_ONLY = re.compile(r"\W*(?:https?://\S+|www\.\S+)\W*$|\W{0,2}\[(?:image|cid)\b[^\]]*\]\s*$", re.I)
_DELSP = re.compile(r"yes", re.I)


@dataclass(frozen=True, slots=True)
class Text:
    """What a mail says itself.

    forwarded (dict[str, str]): The headers of the mail that it passes on, names in small letters; the text then is
        that mail's.
    """

    text: str
    forwarded: dict[str, str] = field(default_factory=dict)


def unflowed(text: str, delsp: str | None) -> str:
    """Return a text of format=flowed (RFC 3676) with its paragraphs each in a line; what is quoted keeps its sign.

    delsp (str | None): `yes` where the space that marks a line as going on is none of the text.
    """
    found: list[str] = []
    going_on: int | None = None  # how deep the line before is quoted, if it goes on
    for line in text.split("\n"):
        line = line.rstrip("\r")
        depth = len(line) - len(line.lstrip(">"))
        content = line[depth:].removeprefix(" ")
        flows = content.endswith(" ") and content != "-- "
        words = content[:-1] if flows and delsp and _DELSP.match(delsp) else content
        if going_on == depth and content != "-- ":
            found[-1] += words
        else:
            found.append(f"{'>' * depth}{' ' if depth else ''}{words}")
        going_on = depth if flows else None
    return "\n".join(line if line == "-- " else line.rstrip() for line in found)


def own_text(text: str, forwards: bool) -> Text:
    """Return a mail's text without quoted replies, signatures, and lines on how to unsubscribe.

    forwards (bool): Its subject says that it passes on another mail, which then is what it says.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    headers: dict[str, str] = {}
    start = next((number for number, line in enumerate(lines) if _FORWARDED.match(line.strip())), None)
    is_marked = start is not None and not _ORIGINAL.match(lines[start].strip())
    if start is not None and (forwards or is_marked):
        headers, begin = _headers(lines, start + 1)
        lines = lines[begin:]
        if all(_QUOTE.match(line) for line in lines if line.strip()):
            lines = [re.sub(r"^\s{0,3}>\s?", "", line) for line in lines]
    cut = next((number for number, line in enumerate(lines) if _ORIGINAL.match(line.strip())), len(lines))
    lines = _without_signature(_without_quotes(lines[:cut]))
    kept = [line.rstrip() for line in lines if not _is_footer(line)]
    return Text(re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip("\n"), headers)


def _headers(lines: list[str], start: int) -> tuple[dict[str, str], int]:
    """The headers of a mail that is passed on, and the line below them."""
    found: dict[str, str] = {}
    number = start
    while number < min(len(lines), start + _MOST_HEADERS):
        match = _HEADER.match(lines[number].lstrip("> "))
        if match:
            found.setdefault(match["name"].lower(), match["value"].strip(" *"))
        elif found and not lines[number].strip("> "):
            break
        number += 1
    return (found, number) if found else ({}, start)


def _without_quotes(lines: list[str]) -> list[str]:
    kept: list[str] = []
    for line in lines:
        if not _QUOTE.match(line):
            kept.append(line)
            continue
        while kept and not kept[-1].strip():
            kept.pop()
        for many in (1, 2):
            if len(kept) >= many and _WROTE.match(" ".join(kept[-many:]).strip()):
                del kept[-many:]
                break
        kept.append("")
    # What a reply by HTML quotes was taken out before; who wrote it may be left.
    while kept and (not kept[-1].strip() or _WROTE.match(kept[-1].strip())):
        kept.pop()
    return kept


def _without_signature(lines: list[str]) -> list[str]:
    for number in range(len(lines) - 1, -1, -1):
        line, is_short = lines[number], len(lines) - number <= _LONGEST_SIGNATURE
        if line == _SIGNATURE or (line == _SIGNATURE.rstrip() and is_short):
            lines = lines[:number]
    while lines and (not lines[-1].strip() or _SENT_FROM.match(lines[-1].strip())):
        lines = lines[:-1]
    return lines


def _is_footer(line: str) -> bool:
    text = line.strip()
    if _ADDRESS_ONLY.match(text):
        return True
    return len(text.split()) <= _LONGEST_FOOTER and bool(_FOOTER.match(text)) and not _QUOTED.search(text)
