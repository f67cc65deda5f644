"""What surrounds the story on its page: share bars, teasers, captions, forms. It yields no quotes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from ...records import Span
from ...spans.paragraphs import WRAPPED, lines, paragraphs

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
    r"(?:share|like|print|e-?mail) this"
    r"(?:(?:\s+(?:article|news|page|post|story|video|on|to|via|with)\b|:).{0,60}|\W*)$",
    r"(?:follow|like) (?:me|us)(?:\s+(?:at|on)\b.{0,60})?\W{0,3}$|click to (?:email|enlarge|print|share)\b.{0,60}$",
    rf"share (?:on|via) {_SOCIAL}\b.{{0,60}}$|[\d.,]+\s?[km]?\s(?:likes|shares|views)\W*$",
    r"listen to this (?:article|story)\b.{0,40}$|\d+[ -]min(?:ute)?s?(?: read)?$",
    r"(?:also read|read also|read more|read next|read the full|see also|related|related stor(?:y|ies)|recommended"
    r"|more on this|watch|listen|must read|don[’']t miss|editor[’']s pick|in pictures|explained?|subscriber only)"
    r"s?\s*(?:[:>|–—»]|\s{2}|$)",
    r"(?:(?:date|time)\s[\d :/-]+\s*|[-–—*]\s*)?"
    r"(?:advertise?ment(?:$|\s*[-–—:(|\d]|\s+(?:scroll|continue|story)\b).{0,160}$"
    r"|(?:sponsored|promoted)(?: content| post)?(?:\W*$| by\b.{1,30}$))",
    r"©|\(c\)\s*(?:copyright|\d{4})|copyright(?:\s*(?:©|\(c\)|\d{4}|by\b)|\s+(?-i:[A-Z])|\W*$)",
    r".*\ball rights reserved\W*(?:$|[.!|©*])",
    r"(?:(?:back to|go to|to) top\W*|skip to (?:\w+ ){0,2}(?:content|footer|menu|navigation|search)\W*|more\s?>>)$",
    r"(?:view|load|show|see) (?:all|more)(?: [\w’']+){0,2}\W*$",
    r".*\byour e-?mail address will not be published",
    r"[^.!?\"“>»›]{1,60}(?:\s[>»›]\s[^.!?\"“>»›]{1,60}){1,5}$",
    r"home(?:\s[>»›]\s[^>»›]{1,100}){1,6}$|(?:next|previous) article(?:\s*[:>–—»]|(?-i:[A-Z])|\W*$)",
    r"(?:loading|like loading|related)\s*(?:\.\.\.|…)",
    r"\d+\s+(?:minutes?|hours?|days?|weeks?) ago$|.{0,40}//\s*\d+\s+\w+ ago$",
)
# What a page asks of its readers, and people of one another: furniture unless someone says it.
_REQUEST = _any(
    r"(?:subscribe|sign (?:up|in)|log in|register|donate|support us|become a (?:member|subscriber)|join our"
    r"|download (?:our|the) app|(?:click|tap) here|receive free|get (?:free|our|the latest|unlimited)"
    r"|enjoy(?:ing)? (?:this|the|our)|buy us)\b.{0,200}$",
    r".*\bnewsletter\b.*\b(?:sign[ -]up|subscribe|inbox|every|daily)\b",
    r".*\b(?:sign up|subscribe|inbox)\b.*\bnewsletter",
    r".*\b(?:ad-?\s?blocker?|adblock)\b",
    r".*\b(?:we|our partners|site|website) .{0,40}\bcookies\b|let us know you agree|accept (?:all )?cookies",
    r"[(\[*]*(?:except for the headline|this (?:story|article) (?:was|has|is|first)\b.{0,30}\b(?:edited|published"
    r"|written|compiled|appeared|produced|updated|syndicated)|with (?:inputs?|files) from|published from a)\b",
    r"(?:related )?(?:tags?|topics?|categor(?:y|ies)|keywords?|labels?|filed under)\s*:",
    r"(?:story|article) continues (?:below|after)\b.{0,160}$",
)
_SAID = re.compile(r"\b(?:said|says|told|asked|add(?:s|ed)|warn(?:s|ed)|urge[sd]|wrote|begged|joked|complained)\b", _I)
_TEASER = re.compile(r"(?:ALSO READ|READ MORE|READ ALSO|READ NEXT|RELATED|WATCH)\b")
# A picture's caption, told by the credit at its end.
_CAPTION = _any(
    r".*\b(?<!\b[Tt]he )(?<!\b[Aa] )(?<!\b[Aa]n )"
    r"(?i:(?:file )?(?:photo|photograph|picture|image|pic|illustration|graphic|video)s?(?: credit| courtesy)?)"
    r"\s*(?:by\s+|:\s*|/\s*|©\s*|courtesy of\s+)[A-Z][^.!?\"”]{0,80}$",
    r".*\|\s*(?i:license|file|courtesy)?\s*(?i:photo)$",
    r".*[.!?][”\"]?\s(?i:photos?|pictures?|image)(?: credit)?(?::| by)\s(?:[A-Z][\w'’-]*[ /]?){1,5}\.$",
    r".*\((?!(?:an?|as|in|see|the|which|who)\b)"
    r"[^()]{0,40}\b(?:photo|file|pool|[Gg]etty [Ii]mages?|via [A-Z]\w+)[^()]{0,40}\)\.?$",
    r".*[(\[][A-Z][\w. ]{1,30}/[\w. ]{1,30}[)\]]$|.*[.!?”\"]\s?[(\[][A-Z][\w. ]{1,30}/[\w. ]{1,30}[)\]]\.$",
    r".*\b(?:REUTERS|AFP|AP|EPA|PA)/\s?[A-Z][^.!?\"”]{0,60}$",
    r".*(?:^|[^\w\s]\s*|\b(?:via|by|from|of)\s)(?i:getty images|shutterstock|istock)(?:\s*[^\w\s].{0,28})?$",
    r"FILE(?: PHOTO)?\s*[:–—-]\s|(?i:\[photo\]|(?:image|photo|picture) (?:caption|credit|source)s?\s*[:,]\s)",
    flags=0,
)
_LONGEST_CAPTION = 70  # words
_LONGEST_LINE = 800  # characters, of anything that is furniture
# A heading after which links to other stories stand. The story may go on after them.
_LINKS = _any(
    *(
        rf"(?:{heading})\s*:?(?<!\.)$"
        for heading in (
            r"most (?:popular|read|viewed|shared|watched|commented)",
            r"latest (?:headlines|news|stories|articles|updates)",
            r"related(?: (?:articles?|stories|posts|news|content|coverage|links|topics))?|also read|see also",
            r"more (?:on this (?:story|topic)|stories|news|headlines|articles|from|in|like this)\b.{0,40}|more>>",
            r"recommended(?: for you| stories| articles)?|trending(?: now| stories| topics)?",
            r"popular (?:posts|stories|now|articles|in)\b.{0,30}",
            r"you (?:may|might) (?:also )?(?:like|be interested).{0,20}|don[’']t miss|must[- ]reads?|up next",
            r"editor[’']?s[’']? (?:picks?|choice)|top (?:stories|news|headlines)|(?:in )?other (?:stories|news)",
            r"also in the news|read (?:also|more|next)|what to read next|around the web|from our partners",
            r"(?:sponsored (?:content|stories)|promoted stories|breaking news|recent (?:posts|articles|stories|news))",
        )
    )
)
# A heading after which nothing of the story comes any more.
_END = _any(
    *(
        rf"(?:{heading})\s*(?<!\.)$"
        for heading in (
            r"leave a (?:reply|comment)|(?:post|add|write) a comment|join the (?:conversation|discussion)",
            r"comments?(?:\s*\(\d+\)|\s*:?)|\d+ (?:comments?|replies|responses|thoughts)",
            r"\d+ (?:comments?|replies|responses|thoughts) (?:on|to|so far|add yours)\b.{0,80}",
            r"(?:reader|user)s?[’']? comments|cancel reply|about (?:us|the authors?|this site)|contact us",
            r"privacy policy|terms (?:of (?:use|service)|and conditions).{0,30}|disclaimer:?",
            r"adblocker detected|newsletter",
        )
    )
)
_ABOUT = re.compile(r"About (?:the )?([A-Z][^.!?:\"“”]{1,80}?):?")
# Before so many words of story these headings are a page's menu: "12 comments" above the text.
_FEWEST_BEFORE_END = 60
_QUOTED = re.compile(r"[\"“”‘’']")
_ENDS_SENTENCE = re.compile(r"[.!?…][\"”’'»)\]]*$")
_ENDS_STATEMENT = re.compile(r"\.[\"”’']*$")
_BREAK = re.compile(r"[\r\n\u2028\u2029]+")
_FEWEST_TITLES = 2  # of a list of links without prose
_FEWEST_WORDS_OF_PROSE = 10


def furniture(text: str, start: int = 0) -> tuple[Span, ...]:
    """Return the spans of all lines from `start` on that are not the story's, in their order."""
    found: list[Span] = []
    places = [(start + begin, start + end) for begin, end in _units(text[start:])]
    shown = [_BREAK.sub(" ", text[begin:end]) for begin, end in places]
    is_known = list(map(_is_furniture, shown))
    words = 0
    links: list[str] | None = None  # what stands below a heading of links, so far
    for n, (place, line) in enumerate(zip(places, shown, strict=True)):
        following = shown[n + 1] if n + 1 < len(shown) else ""
        if (_END.match(line) and words >= _FEWEST_BEFORE_END) or _is_boilerplate(line, following):
            return (*found, (place[0], len(text)))
        if _LINKS.match(line):
            links = []
        elif links is not None and not is_known[n]:
            following = next((shown[after] for after in range(n + 1, len(shown)) if not is_known[after]), "")
            links = None if _goes_on(links, line, following) else [*links[-_FEWEST_TITLES:], line]
        if links is not None or is_known[n] or _END.match(line):
            found.append(place)
        else:
            words += len(line.split())
    return tuple(found)


def _is_boilerplate(line: str, following: str) -> bool:
    """Whether a press release ends with a line: `About Delmar Foods`, and below it what Delmar Foods is."""
    match = _ABOUT.fullmatch(line)
    return match is not None and following.startswith((match[1], f"The {match[1]}"))


def _units(text: str) -> Iterator[Span]:
    """The lines of a text, but paragraphs of prose that are wrapped to a column whole."""
    for begin, end in paragraphs(text):
        inner = [(begin + first, begin + last) for first, last in lines(text[begin:end])]
        paragraph = text[begin:end]
        whole = is_wrapped(paragraph) and is_prose(paragraph) and not _is_furniture(text[slice(*inner[0])])
        yield from [(begin, end)] if whole else inner


@lru_cache(1024)  # the story of a page is looked through twice
def _is_furniture(line: str) -> bool:
    if len(line) > _LONGEST_LINE:
        return False
    asks = _REQUEST.match(line) and not _SAID.search(line)
    return bool(_NOISE.match(line) or _TEASER.match(line) or asks) or is_caption(line)


def _goes_on(links: list[str], line: str, following: str) -> bool:
    """Whether the story goes on with a line below links: links come with a line of prose each at the most."""
    if _is_said(line):
        titles = len(links) >= _FEWEST_TITLES and not any(map(is_prose, links))
        return bool(_ENDS_STATEMENT.search(following)) or (titles and not following)
    return is_prose(line) and (is_prose(following) or _is_said(following))


def _is_said(line: str) -> bool:
    return bool(_ENDS_STATEMENT.search(line) and _SAID.search(line) and _QUOTED.search(line))


def is_caption(line: str) -> bool:
    """Return whether a line is a picture's caption or credit."""
    return len(line.split()) <= _LONGEST_CAPTION and bool(_CAPTION.match(line))


def is_prose(line: str) -> bool:
    """Return whether a line reads as a paragraph of a story, not as a heading or a label."""
    return len(line.split()) >= _FEWEST_WORDS_OF_PROSE and bool(_ENDS_SENTENCE.search(line))


def is_wrapped(paragraph: str) -> bool:
    """Return whether a paragraph breaks its lines at a column, in the middle of sentences."""
    below = paragraph.splitlines()[1:]
    narrow = len(below) > 1 and all(len(line) < WRAPPED.stop for line in below)
    return narrow or any(line.lstrip()[:1].islower() for line in below)


def is_noise(line: str) -> bool:
    """Return whether a line is furniture by itself, whatever stands around it."""
    return _is_furniture(line) or bool(_LINKS.match(line) or _END.match(line))
