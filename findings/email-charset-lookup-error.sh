#!/usr/bin/env bash
# Python's email: `get_content()` raises LookupError on a charset that it does not know, and notes no defect before.
#
# Expected: with `policy.default` the parser is lenient: it notes what is wrong with a message in `defects` and goes on,
# so that a part whose charset is unknown ("unknown-8bit" is what mail programs write where they don't know it) still
# gives its text, with replacement characters at worst; `get_body().get_content()` is the documented way to it.
# Seen in CPython 3.11: `get_content()` raises LookupError, `defects` is empty, and `errors="replace"` does not help. A
# loop over a mailbox that catches `email.errors.MessageError` ends there. (`get_payload(decode=True)` gives the bytes.)
# Also: a paragraph of format=flowed (RFC 3676), as Apple Mail and Thunderbird send text, stays in pieces.
# Instead: `get_payload(decode=True)` and a decoder of one's own that falls back; join flowed lines oneself.
set -euo pipefail
python3 - <<'PYTHON'
import sys
from email import message_from_bytes, policy

print("Python", sys.version.split()[0])


def mail(kind, body):
    head = f"From: a@b.example\nSubject: x\nMIME-Version: 1.0\nContent-Type: text/plain; {kind}\n"
    return message_from_bytes(f"{head}Content-Transfer-Encoding: 8bit\n\n{body}".encode(), policy=policy.default)


part = mail("charset=unknown-8bit", "The ferry sank.\n").get_body()
for options in ({}, {"errors": "replace"}):
    try:
        print(options, "gives", repr(part.get_content(**options)))
        raise SystemExit("it no longer raises")
    except LookupError as error:
        print(f"get_content({options or ''}) raises LookupError: {error}; defects: {part.defects}")
assert part.defects == []
assert part.get_payload(decode=True) == b"The ferry sank.\n"

flowed = mail("charset=utf-8; format=flowed", "The ferry \nsank.\n").get_body().get_content()
print("format=flowed:", repr(flowed))
assert flowed == "The ferry \nsank.\n"
PYTHON
