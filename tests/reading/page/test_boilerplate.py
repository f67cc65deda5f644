"""What surrounds a story is told from it: the story's own lines stay, whatever word they begin with."""

import textwrap
from itertools import pairwise

import pytest
from growth import MOST, growth
from hypothesis import given
from hypothesis import strategies as st

from quotes.reading.formats.text import parse
from quotes.reading.page.boilerplate import furniture, is_caption, is_noise, is_prose

LEAD = "The car ferry Sula Maid ran onto the rocks outside Port Ellery on Monday night, officials said."
RESCUE = "“We had nine minutes,” said Commander Nadia Ferrant of the coastguard, who led the rescue."
SHORT = "“Nobody in the port answered,” Ferrant said."
DENIAL = "Skerry Line, which runs the crossing, denied that the ship had sailed with a known fault."
TIDE = "Salvage crews were waiting for the tide."
STORY = [LEAD, RESCUE, SHORT, DENIAL]
TITLES = ["Minister knew of ferry’s fault", "‘We knew’: the captain’s log", "Tamsel farmers say no to lithium mine"]


def found(*paragraphs: str, between: str = "\n\n") -> list[str]:
    """Those of the paragraphs that are furniture."""
    text = between.join(paragraphs)
    spans = furniture(text)
    held = [text[start:end] for start, end in spans]
    return [paragraph for paragraph in paragraphs if any(paragraph in span for span in held)]


# Spans

BITS = [
    *("\n", "\r\n", "\r", "\n\n", "\ufeff", "\xa0", "\u2028", " ", ":", ">", "(", "Share", "Most popular", "Related:"),
    *(
        "Comments",
        "12 comments",
        "Photo: Ewan Tait",
        "(AP/Ewan Tait)",
        "sign up",
        "newsletter",
        "Also read: ",
        "Tags: ",
    ),
    *(LEAD, SHORT, TITLES[1], "night, and all of them were taken off before dawn by lifeboat,"),
]
texts = st.lists(st.sampled_from(BITS) | st.text(max_size=6), max_size=40).map("".join)


@given(texts, st.integers(0, 20))
def test_spans_are_in_order_and_apart_and_within_the_text(text: str, start: int) -> None:
    spans = furniture(text, start)
    assert all(start <= begin < end <= len(text) for begin, end in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))


def test_what_stands_before_the_start_is_not_looked_at() -> None:
    menu = "Share this: Facebook Twitter\n\n"
    text = menu + LEAD + "\n\n" + menu.strip()
    assert furniture(text) == ((0, len(menu) - 2), (len(menu + LEAD) + 2, len(text)))
    assert furniture(text, len(menu)) == furniture(text)[1:]


@pytest.mark.parametrize("between", ["\n", "\n\n", "\r\n", "\r\n\r\n", "\r", "\xa0\n\xa0\n"])
def test_whatever_parts_the_lines(between: str) -> None:
    ferry = "Also read: Minister knew of ferry’s fault"
    page = ["Share this: Facebook Twitter WhatsApp", LEAD, RESCUE, ferry, DENIAL, "Sign up for our newsletter"]
    assert found(*page, between=between) == [page[0], ferry, page[-1]]


def test_a_text_of_nothing_else() -> None:
    page = ["Share", "Most popular", *TITLES, "© 2025 Harbour Courier"]
    assert found(*page) == page
    assert found("Share") == ["Share"]
    assert furniture("") == furniture(" \n\ufeff") == ()


def test_one_line_of_story() -> None:
    assert found(LEAD) == found(SHORT) == []


# Lines that are furniture by themselves


@pytest.mark.parametrize(
    "line",
    [
        "Share",
        "Share this:",
        "Share this article",
        "Share on WhatsApp",
        "SHARE THIS STORY ON FACEBOOK",
        "Share this: Facebook Twitter WhatsApp",
        "Facebook | Twitter | Email | Print | More",
        "Like this: Like Loading...",
        "Follow us on Twitter",
        "Click to share on Facebook (Opens in new window)",
        "1.2k shares",
        "Also read: ‘We knew’: the captain’s log",
        "ALSO READ | “We knew”, says minister",
        "Read more: “We knew,” says minister",
        "Must read: the captain’s log",
        "Related: “We knew,” says minister",
        "See also – the captain’s log",
        "Watch: “We knew,” she says",
        "WATCH Ferrant speaks of the rescue",
        "Don’t miss: the captain’s log",
        "Advertisement",
        "- Advertisement -",
        "Advertisement - scroll to continue reading",
        "Story continues below advertisement",
        "Sponsored content by Skerry Line",
        "Tags: ferry, Port Ellery, “Sula Maid”",
        "Filed under: News, Sea",
        "© 2025 Harbour Courier",
        "Copyright 2025 Harbour Courier. All rights reserved. This material may not be published or rewritten.",
        "Back to top",
        "Skip to main content",
        "Load more stories",
        "Previous article: “We knew,” says minister",
        "Home > News > “We knew”",
        "Sign up for our newsletter, “The Morning Tide”, and have the news before the first boat.",
        "Our newsletter, “The Morning Tide”, is in your inbox every day.",
        "Enjoying the Courier? Subscribe for the price of a cup of tea.",
        "Support us from a shilling a week.",
        "Log in to reply",
        "We use cookies to improve “your experience”. Accept all.",
        "Please disable your ad blocker. It’s what keeps us afloat.",
        "Your email address will not be published. Required fields are marked *",
        "(This story has not been edited by our staff and is auto-generated from a feed.)",
        "Except for the headline, this story has not been edited.",
        "With inputs from agencies",
        "Loading...",
        "3 hours ago",
        "World News // 1 hour ago",
    ],
)
def test_lines_of_the_page(line: str) -> None:
    assert found(line, *STORY) == [line]
    assert found(LEAD, line, RESCUE, SHORT) == [line]
    assert found(*STORY, line) == [line]
    assert is_noise(line)


@pytest.mark.parametrize(
    "line",
    [
        "Photo: Ewan Tait",
        "Photo: Ewan Tait/Harbour Courier",
        "The Sula Maid at first light. Photograph: Ewan Tait/Harbour Courier",
        "The Sula Maid at first light. Photo: Ewan Tait.",
        "The Sula Maid at first light. (Photo by Ewan Tait/Getty Images)",
        "The Sula Maid at first light. (AP Photo/Ewan Tait, File)",
        "The Sula Maid at first light. (Northwire/Ewan Tait)",
        "The Sula Maid at first light. [Ewan Tait/Al Jazeera]",
        "The Sula Maid at first light, the coastguard said. File Photo by Ewan Tait/UPI",
        "The Sula Maid at first light, “a sight to weep at”. REUTERS/Ewan Tait",
        "The Sula Maid at first light. | Photo Credit: Ewan Tait",
        "The Sula Maid at first light. | License Photo",
        "Ferrant said “nobody answered”. Picture: Ewan Tait",
        "Ferrant on the quay. Getty Images",
        "Ferrant on the quay – Ewan Tait via Getty Images",
        "FILE PHOTO: Ferrant, who said “nobody answered”, on the quay in March",
        "FILE - Ferrant, who said “nobody answered”, is pictured on the quay",
        "Image caption, Ferrant said: “Nobody answered”",
        "[Photo]",
    ],
)
def test_captions_and_credits(line: str) -> None:
    assert is_caption(line)
    assert found(LEAD, line, RESCUE, SHORT) == [line]


# Lines of the story


@pytest.mark.parametrize(
    "line",
    [
        "More on this story will come out at the inquiry, said Ostrov.",
        "More than 200 people were aboard, the coastguard said.",
        "More headlines than help, said Ostrov.",
        "More stories like hers, Ferrant said, would come out.",
        "“More,” she said. “We want more.”",
        "“More",
        "Watch this space, the minister told reporters.",
        "“Watch the tide,” Pell said.",
        "Recommended changes include a second officer on night duty, the report said.",
        "Comments made by the minister in 2019 were read to the hearing.",
        "500 comments on the plan were received, the agency said, and all opposed it.",
        "12 replies to the minister’s letter said no.",
        "2 responses were ruled late, the clerk said.",
        "Share prices fell by a tenth after the news.",
        "Share this burden with us, Ekeland told the opposition.",
        "“Share it,” she said.",
        "Like this ferry, the port itself is worn out, said Ferrant.",
        "Like us, they were afraid of the river, said Dunmore.",
        "Like it or not, the ferry will sail, Ostrov said.",
        "Follow us or get out of the way, the minister told her party.",
        "Related charges were dropped in May, the prosecutor said.",
        "Related to the ship’s owner by marriage, Pell stood aside.",
        "About us they know nothing, said Dunmore.",
        "Contact us if you saw the ship, the coastguard said.",
        "Sign up for the lifeboat, Ferrant told the young men of the island.",
        "“Sign up or ship out,” the captain told the crew.",
        "Subscribe to that view if you will, said Pell, but the log says otherwise.",
        "Register your boat by June, the ministry said, or pay a fine.",
        "Donate what you can, the mayor said.",
        "Support us, the islanders begged the minister.",
        "Log in and you see what they saw, the engineer told the hearing.",
        "Click here and you lose your savings, the bank warned its customers.",
        "Get the latest vaccine, doctors said.",
        "Enjoying the sun on the quay, Dunmore said she would not sail again.",
        "Buy us time, the general told the committee.",
        "Join our fight, said Dunmore.",
        "Promoted to captain in 2019, Pell had never seen such a sea.",
        "Sponsored by both parties, the bill would ban night crossings.",
        "Sponsored content on the site misled voters, the regulator said.",
        "Advertisement is not evidence, the judge said.",
        "Story continues to change, said Ferrant.",
        "Topics: the agenda said nothing of the ferry.",
        "Copyright law is plain, the judge said: “You may not.”",
        "(c) The minister shall publish the log, the act says.",
        "The lenders kept all rights reserved to the crown.",
        "Back to top form, the team won, its coach said.",
        "To top it all, the radio failed, said Pell.",
        "View all the evidence, she urged the jury.",
        "Show more respect, the judge told the lawyer.",
        "Previous article by this reporter, he said, was wrong.",
        "With input from engineers, the ministry said, it would think again.",
        "This story was written by people who were not there, said Pell.",
        "Also read in court was a letter from Pell.",
        "See also what the log says, he urged.",
        "Read more books, she told the children.",
        "Most popular minister of the cabinet, he polled 60 percent.",
        "Most read it as a threat, said Ferrant.",
        "Popular now, he was hated then.",
        "You may like it or not, he said.",
        "In other news, the port said it would close.",
        "Breaking news of the crash, he wept.",
        "Top stories were made of less, he said.",
        "Terms and conditions apply, he joked.",
        "Disclaimer: the minister is my cousin, she said.",
        "Privacy policy is our business, he said.",
        "Leave a comment, they said, and we will call you.",
        "The ship sank 2 days ago.",
        "Facebook said it would look into the posts.",
        "Prices rose and wages fell: 5 > 3, she said.",
        # words of the trade within quotes
        "“That is a photo of my mother,” she said, “taken on the quay.”",
        "“It was more than just a photo op,” she said.",
        "“Look at the photo: nobody is on the quay,” she said.",
        "“We do not use cookies,” the baker said. “We sell cookies.”",
        "“Our site tracks cookies and we said so,” said the firm’s lawyer.",
        "The newsletter said every island would have a doctor.",
        "She wrote in her newsletter that every islander “deserves a ferry”.",
        "“Sign up for my newsletter,” the senator told the crowd.",
        "“I work for Getty Images,” she said.",
        "She works for Getty Images, she said.",
        "“We knew,” said Pell (in the photo at left).",
        "“Vote,” said the leaders of both parties (Labour/Greens).",
        "Ferrant said she had taken the photo by Lake Tamsel.",
        "“We knew,” she said. Photos by Pell showed the deck.",
        "The jury was shown a video by Pell",
    ],
)
def test_lines_of_the_story(line: str) -> None:
    assert found(LEAD, RESCUE, line, SHORT, DENIAL) == []
    assert found(line, *STORY) == []
    assert found(*STORY * 3, line) == []


def test_a_story_in_one_long_line_is_no_furniture() -> None:
    line = "Subscribe " + " ".join(STORY * 10)
    assert found(line) == []


# Boxes of links

HEADINGS = [
    *("Most Popular", "MOST READ", "Related", "Related:", "RELATED STORIES", "Also read", "ALSO READ:", "Read more"),
    *("Recommended for you", "Trending Now", "More from World", "You may also like", "Editor’s Picks", "Top Stories"),
]


@pytest.mark.parametrize("heading", HEADINGS)
@pytest.mark.parametrize("after", [[RESCUE, DENIAL], [SHORT, DENIAL], [SHORT, TIDE], [RESCUE, SHORT, TIDE], [SHORT]])
def test_a_box_in_the_middle_after_which_the_story_goes_on(heading: str, after: list[str]) -> None:
    box = [heading, *TITLES]
    assert found(LEAD, DENIAL, *box, *after) == box
    assert found(LEAD, DENIAL, *box, *after, between="\n") == box


@pytest.mark.parametrize("heading", HEADINGS)
def test_a_box_at_the_end(heading: str) -> None:
    box = [heading, *TITLES]
    assert found(*STORY, *box) == box
    assert found(*STORY, *box, "Share", *box) == [*box, "Share", *box]


def test_a_box_of_one_link() -> None:
    box = ["Related:", TITLES[1]]
    assert found(LEAD, *box, RESCUE, DENIAL) == box


def test_teasers_with_a_line_of_prose_each() -> None:
    teasers = [
        "Latest Headlines",
        "World News // 1 hour ago",
        TITLES[0],
        "Port Ellery’s minister of transport knew of the fault for a year, and his officials “sat on it”.",
        "World News // 2 hours ago",
        TITLES[2],
        "Farmers of the Tamsel valley voted against the mine on Monday, and said “they want our river”.",
    ]
    assert found(*STORY, *teasers) == teasers


def test_a_heading_at_the_top_of_the_page() -> None:
    assert found("Latest News", "Ferry aground off Port Ellery", *STORY)[0] == "Latest News"
    assert set(found("Latest News", "Ferry aground off Port Ellery", *STORY)).isdisjoint(STORY)
    assert set(found("Breaking News", "By Lena Marsh", LEAD, SHORT, DENIAL)).isdisjoint(STORY)


def test_filler_after_a_box_is_no_story() -> None:
    filler = "We have a small favour to ask. Every day people open the Courier and ask ‘Who pays for this?’ You could."
    assert found(*STORY, "Most read", *TITLES, filler) == ["Most read", *TITLES, filler]


# The end of the story


@pytest.mark.parametrize(
    "heading",
    [
        *(
            "Comments",
            "COMMENTS:",
            "Comments (12)",
            "12 comments",
            "3 thoughts on “Ferry aground”",
            "2 Responses to Ferry",
        ),
        *("Leave a Reply", "Post a comment", "Join the conversation", "About us", "About the author", "Privacy Policy"),
    ],
)
def test_nothing_comes_after_the_comments_begin(heading: str) -> None:
    comments = ["“They all knew,” said Bob.", RESCUE, LEAD]
    text = "\n\n".join([*STORY, *comments, heading, *comments])
    ends = [text[start:end] for start, end in furniture(text)]
    assert ends == ["\n\n".join([heading, *comments])]


@pytest.mark.parametrize("heading", ["Comments", "12 comments", "About us", "Privacy Policy", "Newsletter"])
def test_a_menu_above_the_story_does_not_end_it(heading: str) -> None:
    assert found("Ferry aground off Port Ellery", heading, *STORY) == [heading]


# Wrapped texts


def wrapped(*paragraphs: str) -> str:
    return "\n\n".join(textwrap.fill(paragraph, 68) for paragraph in paragraphs)


def test_a_wrapped_story_has_no_furniture() -> None:
    line = f"{LEAD} The harbour master, who did not answer the calls, declined to say so and asked for comments."
    text = wrapped(line, f"{RESCUE} {DENIAL}", f"She asked Dana Ostrov to share this burden and all the {DENIAL}")
    assert furniture(text) == ()


def test_a_box_in_a_wrapped_story() -> None:
    box = "\n".join(["Most popular", *TITLES])
    text = f"{wrapped(f'{LEAD} {RESCUE}')}\n\n{box}\n\n{wrapped(f'{RESCUE} {DENIAL}', f'{DENIAL} {LEAD}')}"
    assert "\n".join(text[start:end] for start, end in furniture(text)) == box


# Prose


@pytest.mark.parametrize(
    ("line", "prose"), [(LEAD, True), (RESCUE, True), (SHORT, False), (TITLES[0], False), ("", False)]
)
def test_prose(line: str, prose: bool) -> None:
    assert is_prose(line) is prose


# Time

PARTS = [
    *(
        "a ",
        "(",
        ")",
        "share ",
        ">",
        " > ",
        "a > ",
        "newsletter ",
        "subscribe ",
        "newsletter subscribe ",
        "facebook ",
        "|",
    ),
    *(
        "photo by ",
        "Photo: A",
        "(A/",
        "(photo ",
        "A/A ",
        "getty images ",
        "we cookies ",
        "© ",
        ".”",
        " ",
        "\xa0",
        "1 ",
        ": ",
    ),
    *(
        "REUTERS/",
        "more ",
        "[A/A]",
        "Image A A. ",
        "all rights reserved ",
        "like us ",
        "date 1",
        "x // 1 ",
        "Ad blocker ",
    ),
]


@pytest.mark.parametrize("part", PARTS)
def test_long_lines_take_linear_time(part: str) -> None:
    for length in (200, 50_000):
        assert growth(furniture, part, length) < MOST
        assert growth(lambda text: furniture(f"Most popular\n{text}\nMost popular"), part, length) < MOST


def test_many_lines_take_linear_time() -> None:
    lines = "\n".join([LEAD, "Share", "Also read: more", ""])
    assert growth(lambda text: furniture(f"Most popular\n{text}"), lines, 500 * len(lines)) < MOST


# An article's quotes come from its story


def test_the_spans_of_an_article_are_those_of_its_text() -> None:
    text = f"\ufeffShare this: Facebook\r\n\r\n{LEAD}\r\n\r\n{SHORT}\r\n\r\nAlso read: ‘We knew’\r\n"
    article = parse(text, "ferry.txt")
    assert article.text == text
    assert [text[start:end] for start, end in article.furniture] == ["Share this: Facebook", "Also read: ‘We knew’"]


def test_what_a_press_release_says_of_its_company_is_no_story():
    story = "Harrow Mills opened a plant on Monday.\n\n“We are glad,” said Ann Vale.\n\n"
    about = (
        "About Harrow Mills\nHarrow Mills is a maker of flour. “Bread for all” is its promise.\n\nSOURCE Harrow Mills"
    )
    assert [(story + about)[slice(*span)] for span in furniture(story + about)] == [about]


def test_a_heading_about_something_is_story():
    assert furniture("About Harrow\n\nThe town has 9,000 people, and most of them bake.") == ()
