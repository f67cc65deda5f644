"""NewsML 1 gives its texts, each once, without pictures and captions."""

import io

from quotes.errors import ReadingError
from quotes.reading.documents import Document, Metadata
from quotes.reading.formats.agencies.newsml import documents
from quotes.reading.kinds import kind_of

TEXT = "Port Ellery, 5 Nov 2023 (AFP) - The ferry ran onto rocks.\n\n“We knew,” said Ann Pell."
NITF = "<p>Port Ellery, 5 Nov 2023 (AFP) - The ferry ran onto rocks.</p><p>“We knew,” said Ann Pell.</p>"
CDATA = """<![CDATA[<P>Port Ellery, 5 Nov 2023 (AFP) - The ferry ran onto rocks.</P>
<P>“We knew,” said Ann Pell.</P><P>© 2023 AFP</P>]]>"""
PICTURE = """<NewsComponent><NewsLines><HeadLine>A picture</HeadLine></NewsLines>
<NewsComponent><Role FormalName="Caption"/><ContentItem><MediaType FormalName="Text"/>
<DataContent><p>“Hi,” says Cap Tion.</p></DataContent>
</ContentItem></NewsComponent><ContentItem Href="a.jpg"><MediaType FormalName="Photo"/></ContentItem></NewsComponent>"""


def content(data: str) -> str:
    kind = '<MediaType FormalName="Text"/><Format FormalName="NITF"/>'
    return f"<NewsComponent><ContentItem>{kind}<DataContent>{data}</DataContent></ContentItem></NewsComponent>"


def item(*data: str, title: str = "Ferry aground", more: str = "") -> str:
    return f"""<NewsItem><Identification><NewsIdentifier><ProviderId>afp.com</ProviderId></NewsIdentifier>
</Identification>
<NewsManagement><FirstCreated>20231104T101500Z</FirstCreated><ThisRevisionCreated>20231105T101500Z</ThisRevisionCreated>
</NewsManagement><NewsComponent><NewsLines><HeadLine>{title}</HeadLine><ByLine>By Jane Doe</ByLine>
<DateLine>Port Ellery</DateLine><CopyrightLine>© 2023 AFP</CopyrightLine><SlugLine>ferry-sea</SlugLine></NewsLines>
<AdministrativeMetadata><Provider><Party FormalName="AFP"/></Provider></AdministrativeMetadata>
<DescriptiveMetadata><Language FormalName="EN"/></DescriptiveMetadata>
{"".join(map(content, data))}{more}</NewsComponent></NewsItem>"""


def feed(*items: str) -> str:
    envelope = "<NewsEnvelope><DateAndTime>20231105T101500Z</DateAndTime></NewsEnvelope>"
    return f"<NewsML>{envelope}{''.join(items)}</NewsML>"


def read(text: str) -> list[Document | ReadingError]:
    return list(documents(io.BytesIO(text.encode()), "a.xml"))


def test_two_stories() -> None:
    first, second = read(feed(item(NITF, more=PICTURE), item(CDATA, title="Again")))
    metadata = Metadata(
        title="Ferry aground", outlet="Agence France-Presse", byline="Jane Doe", published="2023-11-05", language="en"
    )
    assert first == Document("a.xml#1", TEXT, "text", metadata)
    assert isinstance(second, Document)
    assert (second.metadata.title, second.data) == ("Again", TEXT)


def test_a_text_in_two_forms_is_there_once() -> None:
    (document,) = read(feed(item(NITF, CDATA)))
    assert isinstance(document, Document) and document.data == TEXT


def test_nitf_inside() -> None:
    teaser = "<body.head><abstract><p>No.</p></abstract></body.head>"
    inside = f"<nitf><body>{teaser}<body.content>{NITF}</body.content></body></nitf>"
    (document,) = read(feed(item(inside)))
    assert isinstance(document, Document) and document.data == TEXT


def test_bad_input_is_one_line() -> None:
    assert list(map(str, read(feed(f"<NewsItem>{PICTURE}</NewsItem>")))) == [
        "a.xml: NewsML without a text: 1 pictures or others in it"
    ]
    assert list(map(str, read(""))) == ["a.xml: empty, nothing to read"]
    kept, error = read(feed(item(NITF), item(NITF))[:-500])
    assert isinstance(kept, Document)
    assert "cut short" in str(error) and "what was read before stays" in str(error)


def test_it_is_told_by_its_root() -> None:
    for name in ("a.xml", "a.txt", "a"):
        assert kind_of(feed(item(NITF)).encode(), name) == "newsml"
