"""In a folder XML is taken where an agency's stories are in it."""

from pathlib import Path

from quotes.reading.file_finding import find


def test_xml_of_agencies_is_taken_from_a_folder(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_text("<nitf><body><body.content><p>Ferry sank.</p></body.content></body></nitf>")
    (tmp_path / "b.xml").write_text("<project><target/></project>")
    (tmp_path / "c.xml").write_text("<rss><channel/></rss>")
    (tmp_path / "d.eml").write_text("")
    assert [Path(found.source).name for found in find([str(tmp_path)])] == ["a.xml", "d.eml"]
