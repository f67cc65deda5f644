"""Files, folders and standard input are found; bytes become text unchanged, or one line says why not."""

import io
import os
import random
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from quotes.errors import ReadingError
from quotes.reading.decoding import LARGEST, decode, printable
from quotes.reading.file_finding import Found, find
from quotes.reading.formats.text import read_text

STORY = """\
Ferry aground off Port Ellery

“We had nine minutes,” said Commander Nadia Ferrant — it’s the part that I cannot explain. The café on the quay was
full; Señor Muñoz and Zoë Brontë paid £20 each for tea.
"""
FILLER = "The car ferry ran onto the rocks outside Port Ellery on Monday night, officials said.\n\n"

Write = Callable[[str, bytes], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def write(name: str, data: bytes = b"A story.\n") -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        return path

    return write


def sources(*given: object) -> list[str]:
    return [found.source for found in find(map(str, given))]


def errors(*given: object) -> list[str]:
    """What reading each of the files that are found says, `` where it is read."""
    said = []
    for found in find(map(str, given)):
        try:
            read_text(found)
        except ReadingError as error:
            assert error.source == found.source and str(error) == f"{found.source}: {error.message}"
            assert "\n" not in str(error)
            said.append(error.message)
        else:
            said.append("")
    return said


# What a source stands for


def test_a_file_is_called_as_it_was_given(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write("a/story.md")
    monkeypatch.chdir(path.parent)
    assert sources("story.md", "./story.md", path) == ["story.md", "./story.md", str(path)]


def test_a_folder_is_walked_in_sorted_order(write: Write, tmp_path: Path) -> None:
    for name in ("z.txt", "b/2.txt", "b/10.txt", "B/1.TXT", "a/c/d.text", "a.txt"):
        write(name)
    found = [Path(source).relative_to(tmp_path).as_posix() for source in sources(tmp_path)]
    assert found == ["a.txt", "z.txt", "B/1.TXT", "a/c/d.text", "b/10.txt", "b/2.txt"]


def test_a_folder_gives_texts_only(write: Write, tmp_path: Path) -> None:
    for name in ("story.txt", "README.md", "photo.jpg", "README", ".hidden.txt", ".git/story.txt", "story.txt~"):
        write(name)
    assert sources(tmp_path) == [str(tmp_path / "story.txt")]


def test_a_folder_called_like_a_text_is_walked(write: Write, tmp_path: Path) -> None:
    path = write("march.txt/story.txt")
    assert sources(tmp_path) == sources(tmp_path / "march.txt") == [str(path)]


def test_a_folder_without_articles_says_so(write: Write, tmp_path: Path) -> None:
    write("photo.jpg")
    assert errors(tmp_path) == ["no article in this folder (looked for text, pages, feeds, tables, archives)"]


def test_what_is_not_there_is_told_and_the_rest_goes_on(write: Write, tmp_path: Path) -> None:
    path = write("story.txt")
    missing = "no such file or folder"
    assert errors(tmp_path / "no.txt", f"{path}/deeper", "a\0b", path) == [missing, missing, missing, ""]


def test_a_name_that_is_too_long_is_told(write: Write) -> None:
    # As when someone hands over a story in place of its file.
    (said, after) = errors(FILLER.replace("\n", " ") * 50, write("story.txt"))
    assert said == f"can't be opened ({os.strerror(36)})"
    assert after == ""


def test_names_that_are_no_utf_8_are_read_and_can_be_printed(tmp_path: Path) -> None:
    name = os.fsencode(tmp_path) + b"/caf\xe9.txt"
    try:
        Path(os.fsdecode(name)).write_bytes(b"A story.")
    except OSError:
        pytest.skip("this file system takes UTF-8 names only")
    (found,) = find([str(tmp_path)])
    assert found.source.endswith("caf\\xe9.txt")
    found.source.encode()
    assert read_text(found) == "A story."
    assert sources(os.fsdecode(name)) == [found.source]


def test_printable_leaves_good_names_alone() -> None:
    assert printable("números/Zoë – 1.txt") == "números/Zoë – 1.txt"


def test_links_that_go_in_circles_end(write: Write, tmp_path: Path) -> None:
    story = write("a/story.txt")
    (tmp_path / "a" / "up").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "a" / "self.txt").symlink_to(tmp_path / "a" / "self.txt")
    (tmp_path / "a" / "dead.txt").symlink_to(tmp_path / "nowhere")
    assert sources(tmp_path) == [str(tmp_path / "a" / name) for name in ("dead.txt", "self.txt", "story.txt")]
    dead, circle, good = errors(tmp_path)
    assert dead.startswith("can't be read (") and circle.startswith("can't be read (") and good == ""
    assert sources(tmp_path / "a" / "up" / "a" / "story.txt") != [str(story)]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_in_a_folder_is_not_waited_for(write: Write, tmp_path: Path) -> None:
    write("story.txt")
    os.mkfifo(tmp_path / "pipe.txt")
    assert errors(tmp_path) == ["no regular file", ""]


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="no such device here")
def test_an_endless_file_ends() -> None:
    (said,) = errors("/dev/zero")
    assert said.startswith("larger than 2 MB")


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(STORY.encode())))
    (found,) = find(["-"])
    assert found == Found("-")
    assert read_text(found) == STORY


def test_empty_standard_input_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO()))
    assert errors("-") == ["empty, nothing to read"]


# What is no article


def test_a_file_of_50_mb_is_refused_and_not_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "dump.txt"
    with path.open("wb") as file:
        file.truncate(50_000_000)
    (said,) = errors(path)
    assert said == "larger than 2 MB, too large for one article; split it into a file an article"


def test_the_largest_file_is_read() -> None:
    assert len(decode(b"a" * LARGEST, "a.txt")) == LARGEST
    with pytest.raises(ReadingError):
        decode(b"a" * (LARGEST + 1), "a.txt")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "empty"),
        (b" \r\n\t\n", "empty"),
        ("\xa0\n\u2003".encode(), "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"\xff\xfe", "empty"),
        (b"We knew\0she said", "NUL bytes"),
        (b"\0" * 10, "NUL bytes"),
        ("We knew".encode("utf-16-le"), "NUL bytes"),
        ("We\0knew".encode("utf-16"), "NUL characters"),
        ("We knew".encode("utf-16")[:-1], "UTF-16"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "NUL bytes"),
        (b"PK\x03\x04\x14\x06\x08\x01\x02\x03story", "control characters"),
        (bytes(range(1, 32)) * 20, "control characters"),
        (b"%PDF-1.7\n%\xe2\xe3", "a PDF"),
        (b"{\\rtf1\\ansi We knew}", "RTF"),
        (b"<!DOCTYPE html><html><body>We knew", "markup"),
        (b"\xef\xbb\xbf \n<HTML lang=en>", "markup"),
        (b'<?xml version="1.0"?><rss>', "markup"),
    ],
)
def test_what_is_no_text_is_told_in_a_line(data: bytes, said: str) -> None:
    with pytest.raises(ReadingError, match=f"^story.txt: .*{said}") as raised:
        decode(data, "story.txt")
    assert "\n" not in str(raised.value)


# Encodings


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32", "cp1252"])
def test_a_text_is_not_changed_by_a_character(encoding: str, ends: str) -> None:
    text = STORY.replace("\n", ends).replace("nine minutes", "nine\xa0minutes") + " \t" + ends
    assert decode(text.encode(encoding), "story.txt") == text


def test_a_byte_order_mark_of_utf_8_stays() -> None:
    assert decode(STORY.encode("utf-8-sig"), "story.txt") == "\ufeff" + STORY


def test_big_endian_utf_16() -> None:
    assert decode(b"\xfe\xff" + STORY.encode("utf-16-be"), "story.txt") == STORY


@pytest.mark.parametrize("times", [0, 5, 60, 400])
def test_windows_1252_at_any_length(times: int) -> None:
    text = FILLER * times + STORY + FILLER * times
    assert decode(text.encode("cp1252"), "story.txt") == text


@pytest.mark.parametrize("text", ["“We knew,” she said.\n", '"We knew," said Zoë.\n', "“It’s over – for good.”"])
def test_windows_1252_in_one_line(text: str) -> None:
    assert decode(text.encode("cp1252"), "story.txt") == text


def test_central_european_names_in_an_article_of_usual_length() -> None:
    text = FILLER * 40 + '"We knew," said Paweł Żak of Łódź. Małgorzata Żółć said it was "a shame".\n' + FILLER * 40
    assert decode(text.encode("cp1250"), "story.txt") == text


@pytest.mark.xfail(reason="charset-normalizer takes a few Polish letters in English for Western ones")
def test_central_european_names_in_a_short_article() -> None:
    text = FILLER + '"We knew," said Paweł Żak of Łódź. Małgorzata Żółć said it was "a shame".\n' + FILLER
    assert decode(text.encode("iso8859-2"), "story.txt") == text


def test_utf_8_that_is_cut_in_a_character_is_read_up_to_there() -> None:
    data = STORY.encode()
    whole = data[: data.index("”".encode())]
    assert decode(whole + "”".encode()[:2], "story.txt").startswith(whole.decode())


def test_a_stray_byte_does_not_spoil_a_file_of_utf_8() -> None:
    assert decode(STORY.encode() + b"It\x92s a pity.", "story.txt") == STORY + "It’s a pity."


def test_bytes_in_no_encoding_are_told() -> None:
    data = random.Random(1).randbytes(4000).replace(b"\0", b" ")
    with pytest.raises(ReadingError, match="in no encoding that we know; save it as UTF-8"):
        decode(data, "story.txt")
