"""Pages in the manner of many systems that publish news, all round one story: what varies is the markup.

Each is a page and what should be read from it; what a page does not change is as in `AS_PRINTED`.
"""

from __future__ import annotations

import json
from typing import Any

TITLE = "Ferry runs aground off Port Ellery with 212 people on board"
STORY = (
    "The car ferry Sula Maid ran onto the rocks outside Port Ellery on Monday night, officials said, and 212 people were"
    " taken off in lifeboats.",
    "“We counted 212 people, and then we counted them again,” the harbour master, Ewan Tait, told reporters on the quay.",
    "The ferry had left Calder at nine o’clock in a rising wind, an hour later than the timetable had promised.",
    "“Nobody in the port answered,” said Commander Nadia Ferrant of the coastguard, who led the rescue.",
    "Skerry Line, which runs the crossing, denied that the ship had sailed with a known fault in her steering gear.",
    "Its director, Olave Brandt, said that it would “help the inquiry in every way” and sail again on Friday.",
    "Passengers told of a long scraping noise, then of silence, and of children who sang until the boats came.",
    "“I held on to a stranger’s coat for two hours,” said Marit Sund, a teacher from Calder. “I still have the button.”",
    "The last accident on the crossing was in 1987, when a freighter hit the same reef in fog.",
    "An inquiry opens in Calder next week; the minister of transport has promised to publish what it finds.",
)  # fmt: skip
AS_PRINTED: dict[str, Any] = {
    "title": TITLE,
    "outlet": "The Ellery Post",
    "byline": "Lena Marsh",
    "published": "2025-03-04",
    "agency": None,
    "story": STORY,
}
URL = "https://www.ellerypost.example/news/ferry-aground"
PRIVACY = "".join(
    f"<p>{text}</p>"
    for text in (
        "We and our 842 partners store and access information on your device, such as cookies and unique identifiers, and"
        " process personal data to show you personalised advertising and content, and to measure what you make of it.",
        "With your permission we and our partners may use precise geolocation data and identification through device"
        " scanning. You may click to consent to our and our partners’ processing as described above.",
        "Some of our vendors may process your personal data on the basis of legitimate interest, which you can object to by"
        " managing your preferences below. Look for a link at the bottom of this page to withdraw your consent.",
        "You can change your preferences at any time; your choices apply to this site only. Read our privacy policy to"
        " learn more about how we use cookies, how long we keep them and how you can manage them in your browser.",
        "Strictly necessary cookies are always active, since our site can’t function without them. They are set in response"
        " to what you do on our pages, such as setting your privacy preferences, signing in or filling in forms.",
        "Performance cookies allow us to count visits, so that we can measure and improve how our site performs. They help us"
        " know which pages are the most and least popular and see how our visitors move around the site.",
        "Targeting cookies may be set through our site by our advertising partners. They may be used by those companies to"
        " build a profile of your interests and show you relevant adverts on other sites.",
        "Functional cookies enable our site to provide enhanced functionality and personalisation. They may be set by us or"
        " by third party providers whose services we have added to our pages.",
        "If you do not allow these cookies, you will experience less targeted advertising on our pages and elsewhere, and"
        " some of our services may not work as you expect them to on your device.",
    )
)
OTHERS = (
    "‘We were never told’: tenants learn of tower sale",
    "Minister: “I will not resign over a spreadsheet”",
    "Bridge toll to rise by a fifth from April",
)
RELATED = "".join(f"<li><a href='/{n}'>{text}</a></li>" for n, text in enumerate(OTHERS))


def paragraphs(texts: tuple[str, ...] = STORY, tag: str = "p", name: str = "") -> str:
    return "".join(f"<{tag}{f' class={chr(34)}{name}{chr(34)}' if name else ''}>{text}</{tag}>" for text in texts)


def ld(**fields: Any) -> str:
    node = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": TITLE,
        "datePublished": "2025-03-04T06:00:00Z",
        "author": {"@type": "Person", "name": "Lena Marsh"},
        "publisher": {"@type": "Organization", "name": "The Ellery Post"},
        **fields,
    }
    return f'<script type="application/ld+json">{json.dumps(node)}</script>'


def page(body: str, head: str = "") -> str:
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><link rel="canonical" href="{URL}">'
        f"<title>{TITLE} - The Ellery Post</title>{head}</head><body>"
        "<header class='site-header'><a href='/'>The Ellery Post</a><nav><ul><li><a href='/n'>News</a></li>"
        f"<li><a href='/s'>Sport</a></li></ul></nav></header>{body}"
        f"<footer><p>© 2025 The Ellery Post. All rights reserved.</p></footer></body></html>"
    )


H1 = f"<h1>{TITLE}</h1>"
DATE = "<time datetime='2025-03-04T06:00:00Z'>4 March 2025</time>"
BY = "<p class='byline'>By <a href='/lm'>Lena Marsh</a></p>"
META = (
    "<meta property='og:site_name' content='The Ellery Post'><meta property='og:type' content='article'>"
    "<meta name='author' content='Lena Marsh'><meta property='article:published_time' content='2025-03-04T06:00:00Z'>"
)
SPLIT = len(STORY) // 2
FIRST, SECOND = STORY[:SPLIT], STORY[SPLIT:]
P = paragraphs()
GATED = {"isAccessibleForFree": "False", "cssSelector": ".paywall", "@type": "WebPageElement"}
PICTURES = "".join(
    f"<li><img src='/{n}.jpg'><p>{n}/50 The owner said on Tuesday that “picture {n} is the one that I would keep”, and"
    " that the others were taken on the way home from the harbour in the rain.</p></li>"
    for n in range(1, 51)
)
TWEET = (
    "<div class='wp-block-embed'><blockquote class='twitter-tweet'><p lang='en' dir='ltr'>All 212 are safe. Thank you, Port"
    " Ellery.</p>&mdash; Skerry Line (@skerryline) <a href='https://x.example/1'>March 3, 2025</a></blockquote></div>"
)
TWEETED = "All 212 are safe. Thank you, Port Ellery. — Skerry Line (@skerryline) March 3, 2025"
GREETING = (
    "<p>The captain left a note on the bridge, in which she wrote:</p><blockquote><p>I have taken the papers and the cat."
    " The rest is yours.</p><footer>Captain Inga Roe</footer></blockquote>"
)
SLUG_ID = "3f2ad9c1-77ad-4ad0-9ad1-0c5bad44ad10"

SKELETONS: dict[str, tuple[str, dict[str, Any]]] = {
    "paywalled, with a long privacy panel": (
        page(
            f"<main><article>{H1}{BY}{DATE}<div class='article-body paywall-article'>{P}</div></article></main>"
            f"<div class='privacy-center'><h2>Your choices</h2>{PRIVACY}<button>Accept</button></div>",
            META,
        ),
        {},
    ),
    "the part that is sold is declared": (
        page(
            f"<div class='c-story'>{H1}{BY}{DATE}{paragraphs(FIRST)}<div class='paywall'>{paragraphs(SECOND)}</div></div>"
            f"<div id='onetrust-consent-sdk'>{PRIVACY}</div>",
            META + ld(hasPart=GATED, isAccessibleForFree=False),
        ),
        {},
    ),
    "each paragraph is named as sold": (
        page(f"<div class='story'>{H1}{BY}{DATE}{paragraphs(STORY, name='paywall')}</div>", META),
        {},
    ),
    "what may be done is said on the body": (
        page(
            f"<article class='post hentry category-trending tag-poll comments-enabled has-sidebar'>{H1}{BY}{DATE}"
            f"<div class='entry-content overflow-hidden'>{P}</div></article>"
            f"<div class='comments-area' id='comments'><h3>3 comments</h3>"
            + paragraphs(("“I was on that ship and nobody told us anything,” said my aunt, and she is right.",) * 12)
            + f"</div><aside class='sidebar'><ul>{RELATED}</ul></aside>",
            META,
        ),
        {},
    ),
    "a teaser that is the story": (
        page(f"<div class='teaser-content' id='{SLUG_ID}'>{H1}{BY}{DATE}{P}</div><div>{PRIVACY}</div>", META),
        {},
    ),
    "the first paragraph is read aloud": (
        page(
            f"<main>{H1}{BY}{DATE}<div class='entry-content'><p id='speakable-summary'>{STORY[0]}</p>"
            f"{paragraphs(STORY[1:])}</div></main>",
            META,
        ),
        {},
    ),
    "a form round the page": (
        page(f"<form id='aspnetForm' action='/x'><input type='hidden'><div id='ctl00'>{H1}{BY}{DATE}{P}</div></form>", META),
        {},
    ),
    "an aside round the story": (
        page(f"<div class='layout'>{H1}{BY}{DATE}<aside class='col-main'>{P}</aside></div>", META),
        {},
    ),
    "a gallery longer than the story": (
        page(f"<article>{H1}{BY}{DATE}<div class='body'>{P}</div><div class='pics'><ul>{PICTURES}</ul></div></article>", META),
        {},
    ),
    "every name a link": (
        page(
            f"<article>{H1}{BY}{DATE}<div class='article__body'>"
            + P.replace(f"<p>{STORY[4]}</p>", f"<p><a href='/x'>{STORY[4]}</a></p>").replace(
                f"<p>{STORY[6]}</p>", f"<p><a href='/y'>{STORY[6][:50]}</a><a href='/z'>{STORY[6][50:]}</a></p>"
            )
            + "</div></article>",
            META,
        ),
        {},
    ),
    "divisions and no paragraphs": (
        page(f"<div class='wrap'><div class='txt'>{H1}{BY}{DATE}{paragraphs(STORY, 'div')}</div></div>", META),
        {},
    ),
    "an old table layout": (
        page(
            f"<table width='760'><tr><td width='160'><ul>{RELATED}</ul></td><td><font size='5'><h1>{TITLE}</h1></font>"
            f"<font size='1'>By Lena Marsh<br>March 4, 2025</font><br><br>{'<br><br>'.join(STORY)}</td></tr></table>",
            "<meta property='og:site_name' content='The Ellery Post'>",
        ),
        {},
    ),
    "line breaks between sentences": (
        page(f"<article>{H1}{BY}{DATE}<div class='text'>{'<br>'.join(FIRST)}<p>{'</p><p>'.join(SECOND)}</p></div></article>", META),
        {"lines": True},
    ),
    "words marked in a quotation": (
        page(
            f"<article>{H1}{BY}{DATE}<div class='body'>"
            + P.replace("“Nobody in the port answered,”", "<q>Nobody in the <code>port</code> answered,</q>")
            .replace("counted 212 people", "counted <mark>212</mark> people")
            .replace("a known fault", "a <del>grave</del> known fault")
            + "</div></article>",
            META,
        ),
        {},
    ),
    "a letter with its writer below": (
        page(f"<article>{H1}{BY}{DATE}<div class='body'>{paragraphs(FIRST)}{GREETING}{paragraphs(SECOND)}</div></article>", META),
        {
            "story": (
                *FIRST,
                "The captain left a note on the bridge, in which she wrote:",
                "I have taken the papers and the cat. The rest is yours.",
                "— Captain Inga Roe",
                *SECOND,
            )
        },
    ),
    "a post in the story": (
        page(f"<article>{H1}{BY}{DATE}<div class='entry-content'>{paragraphs(FIRST)}{TWEET}{paragraphs(SECOND)}</div></article>", META),
        {"story": (*FIRST, TWEETED, *SECOND)},
    ),
    "links to other stories between the paragraphs": (
        page(
            f"<article>{H1}{BY}{DATE}<div class='body'>{paragraphs(FIRST)}"
            f"<p><strong>MORE: <a href='/1'>{OTHERS[0]}</a></strong></p><p><a href='/2'><b>{OTHERS[1].upper()}</b></a></p>"
            f"<p>READ ALSO: {OTHERS[0]}</p>{paragraphs(SECOND)}<p>Follow us on Facebook and X for more news like this.</p>"
            f"<p>Our Standards: <a href='/t'>The Ellery Post Trust Principles.</a></p><ol><li><a href='/1'>{OTHERS[0]}</a></li>"
            f"<li><a href='/2'>{OTHERS[1]}</a></li></ol></div></article>",
            META,
        ),
        {},
    ),
    "a box of facts": (
        page(
            f"<article>{H1}{BY}{DATE}<div class='body'>{paragraphs(FIRST)}<div class='infobox'><h3>The Sula Maid</h3>"
            f"<p>“The pride of the line,” as her builders called her, was launched in 1979.</p></div>{paragraphs(SECOND)}</div></article>",
            META,
        ),
        {},
    ),
    "another title for search engines": (
        page(
            f"<header><h1>The Ellery Post</h1></header><article>{H1}{BY}{DATE}<div class='body'>{P}</div></article>",
            META + "<meta property='og:title' content='Sula Maid accident: what we know'>" + ld(headline="Sula Maid accident: what we know"),
        ),
        {},
    ),
    "the publisher in small letters": (
        page(f"<article>{H1}{BY}{DATE}<div class='body'>{P}</div></article>", META + ld(publisher={"name": "ellerypost"})),
        {},
    ),
    "a slogan for a name": (
        page(
            f"<article>{H1}{BY}{DATE}<div class='body'>{P}</div></article>",
            META.replace("content='The Ellery Post'", "content='Latest news, sport and weather from Port Ellery and the isles'")
            + ld(publisher={"name": "https://www.ellerypost.example"}),
        ),
        {},
    ),
    "a byline in the first paragraph": (
        page(f"<article>{H1}<div class='body'><p>By Lena Marsh</p><p>March 4, 2025</p>{P}</div></article>"),
        {},
    ),
    "initials behind the name": (
        page(f"<article>{H1}<div class='meta'><span class='by'>By <span><a rel='author' href='/lm'>Lena Marsh (lm)</a></span></span>{DATE}</div><div class='body'>{P}</div></article>"),
        {},
    ),
    "an agency's story": (
        page(
            f"<article>{H1}<p class='byline'>Associated Press in Ellery</p>{DATE}<div class='body'>{P}</div></article>",
            META.replace("<meta name='author' content='Lena Marsh'>", ""),
        ),
        {"byline": None, "agency": "Associated Press"},
    ),
    "a story that only scripts show": (
        page(
            f"<div id='__next'>{H1}</div><script id='__NEXT_DATA__' type='application/json'>{{}}</script>",
            META + ld(articleBody="".join(f"&lt;p&gt;{text}&lt;/p&gt;" for text in STORY)),
        ),
        {},
    ),
    "a body that ran together": (
        page(f"<div id='root'>{H1}<p>Loading …</p></div>", META + ld(articleBody="".join(STORY))),
        {},
    ),
    "AMP": (
        page(
            f"<article class='amp-wp-article'>{H1}<div class='amp-wp-meta amp-wp-byline'><span class='amp-wp-author author'>Lena Marsh</span></div>"
            f"<div class='amp-wp-article-content'>{paragraphs(FIRST)}<amp-ad type='x'><p>Buy “new” boots today.</p></amp-ad>{paragraphs(SECOND)}</div></article>"
            f"<amp-consent id='c'><div>{PRIVACY}</div></amp-consent>",
            ld(),
        ),
        {},
    ),
    "a React page with made-up names": (
        page(
            f"<div id='root'><div class='sc-1ad9f css-8zad2k'>{H1}<div class='css-1q'>{BY}{DATE}</div>"
            + "".join(f"<div class='css-ad1x{n}'><div class='sc-b'><p class='css-k{n}ad'>{text}</p></div></div>" for n, text in enumerate(STORY))
            + "</div></div>",
            META,
        ),
        {},
    ),
    "a live blog": (
        page(
            f"<main>{H1}{BY}{DATE}"
            + "".join(
                f"<article class='live-post' id='post-{n}'><h2>Entry {n}</h2>{paragraphs(STORY[n : n + 2])}</article>"
                for n in range(0, len(STORY), 2)
            )
            + "</main>",
            META,
        ),
        {"story": tuple(line for n in range(0, len(STORY), 2) for line in (f"Entry {n}", *STORY[n : n + 2]))},
    ),
    "Arc, with advertisements between chunks": (
        page(
            f"<article class='article-body-wrapper'>{H1}{BY}{DATE}"
            + "".join(
                f"<div class='b-article-body'>{paragraphs(STORY[n : n + 5])}</div><div class='arc-ad'><p>Advertisement</p></div>"
                for n in range(0, len(STORY), 5)
            )
            + f"</article><section class='recommended'><ul>{RELATED}</ul></section>",
            META + ld(articleBody=" ".join(STORY)),
        ),
        {},
    ),
    "Drupal": (
        page(
            f"<div class='node node--type-article node--view-mode-full'>{H1}<div class='submitted'>By Lena Marsh | 4 March 2025</div>"
            f"<div class='field field--name-body field__item'>{P}</div><div class='field--name-field-tags'><a href='/t'>Ferries</a></div></div>",
            "<meta property='og:site_name' content='The Ellery Post'>",
        ),
        {},
    ),
    "Elementor": (
        page(
            f"<div class='elementor elementor-location-single post type-post hentry'>{H1}{BY}{DATE}<div class='elementor-element "
            f"elementor-widget elementor-widget-theme-post-content'><div class='elementor-widget-container'>{P}</div></div></div>",
            META,
        ),
        {},
    ),
    "mojibake and entities": (
        page(
            f"<article>{H1}{BY}{DATE}<div class='body'>"
            + P.replace("“", "â€œ").replace("”", "â€\u009d").replace("’", "â€™").replace("a stranger", "a &amp;quot;stranger&amp;quot;")
            + "</div></article>",
            META,
        ),
        {"story": tuple(text.replace("a stranger", "a \"stranger\"") for text in STORY)},
    ),
}  # fmt: skip
