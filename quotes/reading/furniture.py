"""What surrounds the story on its page: share bars, teasers, captions, forms. It yields no quotes."""

from __future__ import annotations

import re

from ..paragraphs import lines
from ..records import Span

_I = re.IGNORECASE


def _any(*alternatives: str, flags: int = _I) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{alternative})" for alternative in alternatives), flags)


_SOCIAL = (
    r"(?:facebook|twitter|x|whats\s?app|telegram|linkedin|pinterest|reddit|instagram|youtube|messenger|tumblr"
    r"|flipboard|threads|bluesky|mastodon|e-?mail|print|pocket|sms|rss|copy link|copy|link|more|share|tweet|save"
    r"|comment|like)"
)
# A line that is furniture by itself.
_NOISE = _any(
    rf"(?:(?:share|follow us|like)(?: this| on| via| article| story)*)?\s*:?\s*{_SOCIAL}(?:[\s,|/•·]+{_SOCIAL})*\W*$",
    r"(?:share (?:this|on)|like this|follow (?:us|me)|like us)\b.{0,80}$",
    r"(?:also read|read also|read more|read next|read the full|see also|related|related stor(?:y|ies)|recommended"
    r"|more on this|watch|listen|must read|don[’']t miss|editor[’']s pick|in pictures|explained?|subscriber only)"
    r"s?\s*(?:[:>|–—»]|\s{2}|$)",
    r"(?:(?:date|time)\s[\d :/-]+\s*)?(?:advertise?ment|sponsored(?: content| post)?|promoted"
    r"|(?:story|article) continues (?:below|after))\b.{0,160}$",
    r"(?:related )?(?:tags?|topics?|categor(?:y|ies)|keywords?|labels?|filed under)\s*:",
    r"©|\(c\)\s|copyright\b|.*\ball rights reserved\b",
    r"(?:back to top|skip to|go to top|to top|view all|(?:load|show|see) more|(?:next|previous) article|more\s?>>)"
    r"\b.{0,40}$",
    r"(?:subscribe|sign (?:up|in)|log in|register|donate|support us|become a (?:member|subscriber)|join our"
    r"|download (?:our|the) app|(?:click|tap) here|receive free|get (?:free|our|the latest|unlimited)"
    r"|enjoy(?:ing)? (?:this|the|our)|buy us)\b.{0,200}$",
    r".*\bnewsletter\b.*\b(?:sign[ -]up|subscribe|inbox|every|daily)\b",
    r".*\b(?:sign up|subscribe|inbox)\b.*\bnewsletter",
    r".*\b(?:ad-?\s?blocker?|adblock)\b",
    r".*\b(?:we|our partners|site|website) .{0,40}\bcookies\b|let us know you agree|accept (?:all )?cookies",
    r".*\byour e-?mail address will not be published",
    r"[(\[*]*(?:except for the headline|this (?:story|article) (?:was|has|is|first)\b.{0,30}\b(?:edited|published"
    r"|written|compiled|appeared|produced|updated|syndicated)|with (?:inputs?|files) from|published from a)\b",
    r"(?:home\b)?[^.!?\"“]{1,60}(?:\s[>»›]\s[^.!?\"“]{1,60}){1,5}$",
    r"(?:loading|like loading|related)\s*(?:\.\.\.|…)",
    r"\d+\s+(?:minutes?|hours?|days?|weeks?) ago$|.{0,40}//\s*\d+\s+\w+ ago$",
)
_TEASER = re.compile(r"(?:ALSO READ|READ MORE|READ ALSO|READ NEXT|RELATED|WATCH)\b")
# A picture's caption, told by the credit at its end.
_CAPTION = _any(
    r".*\b(?i:(?:file )?(?:photo|photograph|picture|image|pic|illustration|graphic|video)s?(?: credit| courtesy)?)"
    r"\s*(?:by\s+|:\s*|/\s*|©\s*|courtesy of\s+)[A-Z][^.!?\"”]{0,80}$",
    r".*\|\s*(?i:license|file|courtesy)?\s*(?i:photo)$",
    r".*\((?:[^()]{0,40}\b(?:photo|file|pool|[Gg]etty [Ii]mages?|via [A-Z]\w+)[^()]{0,40}"
    r"|[A-Z][\w. ]{1,30}/[\w. ]{1,30})\)\.?$",
    r".*\b(?i:getty images|shutterstock|istock|afp via getty)\b.{0,30}$",
    r"(?i:\[photo\])",
    flags=0,
)
_LONGEST_CAPTION = 70
# A heading after which links to other stories stand. The story may go on after them.
_LINKS = _any(
    *(
        rf"(?:{heading})\s*:?$"
        for heading in (
            r"most (?:popular|read|viewed|shared|watched|commented)",
            r"latest (?:headlines|news|stories|articles|updates)",
            r"related (?:articles?|stories|posts|news|content|coverage|links|topics)",
            r"more (?:on this (?:story|topic)|stories|news|headlines|articles|from|in|like this)\b.{0,40}|more>>",
            r"recommended(?: for you| stories| articles)?|trending(?: now| stories| topics)?",
            r"popular (?:posts|stories|now|articles|in)\b.{0,30}",
            r"you (?:may|might) (?:also )?(?:like|be interested).{0,20}|don[’']t miss|must[- ]reads?|up next",
            r"editor[’']?s[’']? (?:picks?|choice)|top (?:stories|news|headlines)|(?:in )?other (?:stories|news)",
            r"also in the news|read (?:more|next|also)|what to read next|around the web|from our partners",
            r"(?:sponsored (?:content|stories)|promoted stories|breaking news|recent (?:posts|articles|stories|news))",
        )
    )
)
# A heading after which nothing of the story comes any more.
_END = _any(
    *(
        rf"(?:{heading})\s*$"
        for heading in (
            r"leave a (?:reply|comment)|(?:post|add|write) a comment|join the (?:conversation|discussion)",
            r"comments?(?:\s*\(\d+\)|\s*:?)|\d+ (?:comments?|replies|responses|thoughts on)\b.{0,80}",
            r"(?:reader|user)s?[’']? comments|cancel reply|about (?:us|the authors?|this site)|contact us",
            r"privacy policy|terms (?:of (?:use|service)|and conditions).{0,30}|disclaimer:?",
            r"adblocker detected|newsletter",
        )
    )
)
# Before so many words of story these headings are a page's menu: "12 comments" above the text.
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
    return bool(_NOISE.match(line) or _TEASER.match(line)) or is_caption(line)


def is_caption(line: str) -> bool:
    """Return whether a line is a picture's caption or credit."""
    return len(line.split()) <= _LONGEST_CAPTION and bool(_CAPTION.match(line))


def is_prose(line: str) -> bool:
    """Return whether a line reads as a paragraph of a story, not as a heading or a label."""
    return len(line.split()) >= _FEWEST_WORDS_OF_PROSE and bool(_ENDS_SENTENCE.search(line))


def is_noise(line: str) -> bool:
    """Return whether a line is furniture by itself, whatever stands around it."""
    return _is_furniture(line) or bool(_LINKS.match(line) or _END.match(line))


def _is_bare_label(line: str) -> bool:
    return bool(re.match(r"(?:also read|read also|read more|see also|related)\s*:$", line, _I))
