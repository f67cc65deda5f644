"""The subjects of news: the seventeen top-level terms of IPTC's Media Topics, and the words we call them by."""

from __future__ import annotations

from typing import NamedTuple


class MediaTopic(NamedTuple):
    """A term of the vocabulary.

    code (str): Its QCode; `http://cv.iptc.org/newscodes/mediatopic/` and its digits is its address.
    label (str): What IPTC calls it in British English.
    """

    code: str
    label: str


SUBJECTS = {
    "arts": MediaTopic("medtop:01000000", "arts, culture, entertainment and media"),
    "crime": MediaTopic("medtop:02000000", "crime, law and justice"),
    "disaster": MediaTopic("medtop:03000000", "disaster, accident and emergency incident"),
    "economy": MediaTopic("medtop:04000000", "economy, business and finance"),
    "education": MediaTopic("medtop:05000000", "education"),
    "environment": MediaTopic("medtop:06000000", "environment"),
    "health": MediaTopic("medtop:07000000", "health"),
    "human-interest": MediaTopic("medtop:08000000", "human interest"),
    "labour": MediaTopic("medtop:09000000", "labour"),
    "lifestyle": MediaTopic("medtop:10000000", "lifestyle and leisure"),
    "politics": MediaTopic("medtop:11000000", "politics and government"),
    "religion": MediaTopic("medtop:12000000", "religion"),
    "science": MediaTopic("medtop:13000000", "science and technology"),
    "society": MediaTopic("medtop:14000000", "society"),
    "sport": MediaTopic("medtop:15000000", "sport"),
    "conflict": MediaTopic("medtop:16000000", "conflict, war and peace"),
    "weather": MediaTopic("medtop:17000000", "weather"),
}
"""By our name for each; IPTC has changed labels (`politics` became `politics and government`), never these codes."""
