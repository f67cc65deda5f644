"""Pages of Europresse give an article each."""

from exported import read

from quotes.reading.documents import Metadata
from quotes.reading.kinds import kind_of

PAGE = """<html><head><title>Europresse</title></head><body>
<article><header><div class="rdp__DocPublicationName"><span class="DocPublicationName">Quillan Post, no. 4301
<span class="source">Quillan, UK</span></span></div>
<div class="rdp__DocHeader"><span class="DocHeader">News, mardi 5 septembre 2023 - 937 mots, p. 1</span></div>
<div class="titreArticle">
<p class="sm-margin-TopNews titreArticleVisu rdp__articletitle">Harbour master says so</p></div>
<p class="sm-margin-bottomNews">Jane Pell</p></header>
<section><div class="DocText clearfix"><div class="docOcurrContainer"><p>The harbour master told
the inquiry.</p><p>“We <mark>knew</mark>,” said Nora Pell.</p><aside><p>Aside.</p></aside></div></div></section>
<footer><div class="publiC-lblNodoc">© 2023 Quillan Post. Tous droits réservés.</div></footer></article>
<article><header><span class="DocPublicationName">Eastern Lantern (site web)</span>
<span class="DocHeader">Monday, September 4, 2023</span><div class="titreArticle">Bank row goes on</div></header>
<section><div class="docOcurrContainer">Lenders will meet again, the bank said.</div></section></article>
</body></html>"""


def test_two_articles() -> None:
    documents, errors = read("europresse", PAGE)
    assert errors == []
    assert [(found.source, found.metadata) for found in documents] == [
        ("news#1", Metadata(None, "Harbour master says so", "Quillan Post", "Jane Pell", "2023-09-05")),
        ("news#2", Metadata(None, "Bank row goes on", "Eastern Lantern", None, "2023-09-04")),
    ]
    assert [found.data for found in documents] == [
        "The harbour master told the inquiry.\n\n“We knew,” said Nora Pell.",
        "Lenders will meet again, the bank said.",
    ]


def test_it_is_told_from_other_pages() -> None:
    assert kind_of(PAGE.encode(), "news.txt") == kind_of(PAGE.encode(), "news.html") == "europresse"
    assert kind_of(b"<html><body><article><p>We knew.</p></article></body></html>", "news.html") == "html"


def test_what_is_cut_off_or_empty() -> None:
    documents, errors = read("europresse", PAGE[: PAGE.index("Lenders") + 9])
    assert [found.source for found in documents] == ["news#1"]
    assert errors == ["news#2: cut off at the end of the file; export it again. What was read before stays"]
    assert read("europresse", "<html></html>")[1] == [
        "news: no Europresse article in it (looked for <article> with .DocPublicationName)"
    ]
