"""What surrounds the story on its page: share bars, teasers, captions, forms. It yields no quotes."""

from __future__ import annotations

import re

from ..paragraphs import lines
from ..records import Span

_I = re.IGNORECASE
_SOCIAL = (
    r"(?:facebook|twitter|whats\s?app|telegram|linkedin|pinterest|reddit|instagram|youtube|messenger|tumblr|e-?mail"
    r"|print|pocket|copy link|copy|link|more|share|tweet|x|sms|flipboard|threads|bluesky|mastodon|rss|save|comment|like)"
)
# A line that is furniture by itself.
_NOISE = (
    re.compile(rf"(?:share(?: this| on| via| article| story)*|follow us(?: on)?|like this)?\s*:?\s*{_SOCIAL}(?:[\s,|/•·]+{_SOCIAL})*\W*$", _I),
    re.compile(r"(?:share this|share on|like this|follow us|follow me|like us)\b.{0,80}$", _I),
    re.compile(r"(?:also read|read also|read more|read next|read the full|see also|related|related story|related stories|more on this"
               r"|recommended|watch|listen|must read|don[’']t miss|editor[’']s pick|in pictures|explained?|subscriber only)s?\s*(?:[:>|–—»]|\s{2}|$)", _I),
    re.compile(r"(?:ALSO READ|READ MORE|READ ALSO|READ NEXT|RELATED|WATCH)\b"),
    re.compile(r"(?:(?:date|time)\s[\d :/-]+\s*)?(?:advertise?ment|sponsored(?: content| post)?|promoted|story continues below|article continues after)\b.{0,160}$", _I),
    re.compile(r"(?:tags?|topics?|related topics?|filed under|categor(?:y|ies)|keywords?|labels?)\s*:", _I),
    re.compile(r"(?:©|\(c\)\s|copyright\b)|.*\ball rights reserved\b", _I),
    re.compile(r"(?:back to top|skip to|go to top|to top|view all|load more|show more|see more|next article|previous article|more\s?>>)\b.{0,40}$", _I),
    re.compile(r"(?:subscribe|sign up|log in|sign in|register|donate|support us|become a (?:member|subscriber)|join our|download (?:our|the) app"
               r"|click here|tap here|receive free|get (?:free|our|the latest|unlimited)|enjoy(?:ing)? (?:this|the|our)|buy us)\b.{0,200}$", _I),
    re.compile(r".*\b(?:newsletter|inbox)\b.*\b(?:sign up|subscribe|sign-up|inbox|every|day’s news|daily)\b", _I),
    re.compile(r".*\b(?:sign up|subscribe)\b.*\bnewsletter", _I),
    re.compile(r".*\b(?:ad-?\s?blocker?|adblock)\b", _I),
    re.compile(r"(?:.*\b(?:we|our partners|site|website) .{0,40}\bcookies\b|let us know you agree|accept (?:all )?cookies|by clicking)", _I),
    re.compile(r".*\byour e-?mail address will not be published", _I),
    re.compile(r"[(\[*]*(?:except for the headline|this story (?:has not been|was not|was originally|first appeared|is published|has been published)"
               r"|this article (?:was|first|is|has|originally)|with (?:inputs|input|files) from|published from a)\b", _I),
    re.compile(r"(?:home\b)?[^.!?\"“]{1,60}(?:\s[>»›]\s[^.!?\"“]{1,60}){1,5}$", _I),
    re.compile(r"(?:loading|like loading|related)\s*(?:\.\.\.|…)", _I),
    re.compile(r"\d+\s+(?:minutes?|hours?|days?|weeks?) ago$|.{0,40}//\s*\d+\s+\w+ ago$", _I),
)  # fmt: skip
# A picture's caption, told by its credit.
_CAPTION = (
    re.compile(r".*\b(?i:(?:file )?(?:photo|photograph|picture|image|pic|illustration|graphic|video)s?(?: credit| courtesy)?)\s*(?:by\s+|:\s*|/\s*|©\s*|courtesy of\s+)[A-Z][^.!?\"”]{0,80}$"),
    re.compile(r"\[photo\]", _I),
    re.compile(r".*\|\s*(?:license|file|courtesy)?\s*photo$", _I),
    re.compile(r".*\((?:[^()]{0,40}\b(?:photo|file|pool|getty images?|via [A-Z]\w+)[^()]{0,40}|[A-Z][\w. ]{1,30}/[\w. ]{1,30})\)\.?$"),
    re.compile(r".*\b(?:getty images|shutterstock|istock|afp via getty)\b.{0,30}$", _I),
)  # fmt: skip
_LONGEST_CAPTION = 70
# A heading after which links to other stories stand. The story may go on after them.
_LINKS = re.compile(
    r"(?:most (?:popular|read|viewed|shared|watched|commented)|latest (?:headlines|news|stories|articles|updates)|related (?:articles?|stories|posts|news|content|coverage|links|topics)"
    r"|more (?:on this story|on this topic|stories|news|headlines|articles|from|in|like this)\b.{0,40}|more>>|recommended(?: for you| stories| articles)?|trending(?: now| stories| topics)?|popular (?:posts|stories|now|articles|in)\b.{0,30}"
    r"|you (?:may|might) (?:also )?(?:like|be interested).{0,20}|don[’']t miss|editor[’']?s[’']? (?:picks?|choice)|top (?:stories|news|headlines)|other (?:stories|news)|also in the news|read (?:more|next|also)|in other news"
    r"|what to read next|around the web|from our partners|sponsored (?:content|stories)|promoted stories|breaking news|recent (?:posts|articles|stories|news)|up next|must[- ]reads?)\s*:?$",
    _I,
)  # fmt: skip
# A heading after which nothing of the story comes any more.
_END = re.compile(
    r"(?:leave a (?:reply|comment)|post a comment|add a comment|write a comment|join the (?:conversation|discussion)|comments?(?:\s*\(\d+\)|\s*:?)|\d+ (?:comments?|replies|responses|thoughts on)\b.{0,80}"
    r"|(?:reader|user)s?[’']? comments|about (?:us|the authors?|this site)|contact us|privacy policy|terms (?:of (?:use|service)|and conditions).{0,30}|cancel reply|disclaimer:?|adblocker detected|newsletter)\s*$",
    _I,
)  # fmt: skip
_FEWEST_BEFORE_END = 60
_ENDS_SENTENCE = re.compile(r"[.!?…][\"”’'»)\]]*$")
_FEWEST_WORDS_OF_PROSE = 10


def furniture(text: str, start: int = 0) -> tuple[Span, ...]:
    """Return the spans of all lines from `start` on that are not the story's, in their order."""
    found: list[Span] = []
    places = [place for place in lines(text) if place[0] >= start]
    words = 0
    in_links = False
    for n, (begin, end) in enumerate(places):
        line = text[begin:end]
        if _END.match(line) and words >= _FEWEST_BEFORE_END:
            return (*found, (begin, len(text)))
        if _LINKS.match(line):
            in_links = True
        elif in_links and is_prose(line) and not _is_furniture(line):
            following = next((text[a:b] for a, b in places[n + 1 :] if not _is_furniture(text[a:b])), "")
            in_links = not is_prose(following)
        if in_links or _is_furniture(line) or _END.match(line):
            found.append((begin, end))
            if line.rstrip().endswith(":") and not _LINKS.match(line):
                in_links = in_links or _is_bare_label(line)
        else:
            words += len(line.split())
    return tuple(found)


def _is_furniture(line: str) -> bool:
    return any(pattern.match(line) for pattern in _NOISE) or is_caption(line)


def is_caption(line: str) -> bool:
    """Return whether a line is a picture's caption or credit."""
    return len(line.split()) <= _LONGEST_CAPTION and any(pattern.match(line) for pattern in _CAPTION)


def is_prose(line: str) -> bool:
    """Return whether a line reads as a paragraph of a story, not as a heading or a label."""
    return len(line.split()) >= _FEWEST_WORDS_OF_PROSE and bool(_ENDS_SENTENCE.search(line))


def is_noise(line: str) -> bool:
    """Return whether a line is furniture by itself, whatever stands around it."""
    return _is_furniture(line) or bool(_LINKS.match(line) or _END.match(line))


def _is_bare_label(line: str) -> bool:
    return bool(re.match(r"(?:also read|read also|read more|see also|related)\s*:$", line, _I))
