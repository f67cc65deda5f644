"""Archives give what they hold without unpacking to disk; bombs, links and broken files are told, not followed."""

import bz2
import gzip
import io
import lzma
import tarfile
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotes.errors import ReadingError
from quotes.reading.documents import Document
from quotes.reading.formats.archives import archive as module
from quotes.reading.formats.archives.archive import Member, members
from quotes.reading.formats.tables.table import rows
from quotes.reading.kinds import kind_of

STORY = "The car ferry ran onto the rocks, officials said.\n\n“We knew,” said Pell.\n".encode()
PAGE = b"<html><body><p>We knew.</p></body></html>"
TABLE = b"title,text\nFerry,We knew.\nShip,No.\n"
FILES = {"ferry.txt": STORY, "2025/page.html": PAGE, "rows.csv": TABLE}
Pack = Callable[[dict[str, bytes]], bytes]


def zipped(files: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return file.getvalue()


def tar(files: dict[str, bytes], *others: tarfile.TarInfo) -> bytes:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as archive:
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
        for info in others:
            archive.addfile(info)
    return file.getvalue()


def tar_gz(files: dict[str, bytes]) -> bytes:
    return gzip.compress(tar(files))


def read(data: bytes, name: str = "news") -> tuple[dict[str, bytes], list[str]]:
    """What is in the members by source, and what is said of the others."""
    return parted(io.BytesIO(data), kind_of(data[:65536], name), name)


def parted(given: Any, kind: Any, name: str) -> tuple[dict[str, bytes], list[str]]:
    found: dict[str, bytes] = {}
    errors: list[str] = []
    for member in members(given, kind, name):
        if isinstance(member, ReadingError):
            assert "\n" not in str(member)
            errors.append(str(member))
        elif member.data is not None:
            found[member.source] = member.data
        else:
            assert member.stream is not None
            try:
                found[member.source] = member.stream.read()
            except ReadingError as error:
                errors.append(str(error))
    return found, errors


packs = pytest.mark.parametrize("pack", [zipped, tar, tar_gz])


@packs
def test_members_of_all_kinds(pack: Pack, tmp_path: Path) -> None:
    data = pack(FILES)
    expected = {f"news#{name}": content for name, content in FILES.items()}
    assert read(data) == (expected, [])
    path = tmp_path / "news"
    path.write_bytes(data)
    assert parted(path, kind_of(data, "news"), "news") == (expected, [])
    assert list(tmp_path.iterdir()) == [path]


def test_a_table_is_read_from_its_stream() -> None:
    (member,) = members(io.BytesIO(tar_gz({"rows.csv": TABLE})), "tar", "news.tgz")
    assert isinstance(member, Member) and member.data is None and member.stream
    found = [item for item in rows(member.stream, member.kind, member.source) if isinstance(item, Document)]
    assert [(item.source, item.data) for item in found] == [
        ("news.tgz#rows.csv#1", "We knew."),
        ("news.tgz#rows.csv#2", "No."),
    ]


@packs
def test_a_stream_that_is_not_read_does_not_hold_up_the_next(pack: Pack) -> None:
    data = pack({"a.csv": TABLE * 50_000, "b.txt": STORY})
    sources = [item.source for item in members(io.BytesIO(data), kind_of(data[:65536], ""), "news")]
    assert sources == ["news#a.csv", "news#b.txt"]


@packs
def test_what_is_no_article_is_passed_over(pack: Pack) -> None:
    files = {
        "a.txt": STORY,
        "plain": STORY,
        ".hidden.txt": STORY,
        ".git/a.txt": STORY,
        "__MACOSX/a.txt": STORY,
        "style.css": b"p { color: red }",
        "photo.jpg": b"\xff\xd8\xff\xe0\0\x10JFIF" + bytes(3000),
        "./b.txt": STORY,
    }
    assert list(read(pack(files))[0]) == ["news#a.txt", "news#plain", "news#./b.txt"]


def test_links_devices_and_folders_are_passed_over() -> None:
    others = []
    for sort in (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.DIRTYPE, tarfile.FIFOTYPE, tarfile.CHRTYPE):
        info = tarfile.TarInfo("link.txt")
        info.type, info.linkname = sort, "/etc/passwd"
        others.append(info)
    assert read(tar({"a.txt": STORY}, *others)) == ({"news#a.txt": STORY}, [])
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        link = zipfile.ZipInfo("link.txt")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
        archive.writestr("folder/", "")
        archive.writestr("a.txt", STORY)
    assert read(file.getvalue()) == ({"news#a.txt": STORY}, [])


def test_names_that_lead_elsewhere_are_names_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for pack in (zipped, tar):
        found, errors = read(pack({"../../up.txt": STORY, "/etc/root.txt": STORY, "a\nb\x1b.txt": STORY}))
        assert list(found) == ["news#../../up.txt", "news#/etc/root.txt", "news#a\\x0ab\\x1b.txt"] or pack is zipped
        assert (len(found), errors) == (3, [])
    assert list(tmp_path.iterdir()) == []


@packs
def test_an_archive_without_articles(pack: Pack) -> None:
    assert read(pack({"photo.jpg": b"\xff\xd8\xff\xe0" + bytes(300)}))[1] == ["news: no article in this archive"]


@pytest.mark.parametrize(("data", "name"), [(zipped({}), "a.zip"), (tar({}), "a.tar"), (tar_gz({}), "a.tar.gz")])
def test_an_empty_archive(data: bytes, name: str) -> None:
    assert read(data, name) == ({}, [f"{name}: no article in this archive"])


@pytest.mark.parametrize("pack", [bz2.compress, lzma.compress, gzip.compress])
def test_packed_tar_archives(pack: Callable[[bytes], bytes]) -> None:
    data = pack(tar({"a.txt": STORY}))
    assert read(data) == ({"news#a.txt": STORY}, [])
    assert read(data[:-20], "a.tar.xz")[1] == ["a.tar.xz: cut short; what was read before stays"]


def test_one_file_in_gzip() -> None:
    assert read(gzip.compress(STORY), "ferry.txt.gz") == ({"ferry.txt.gz": STORY}, [])
    (member,) = members(io.BytesIO(gzip.compress(TABLE)), "gzip", "a/rows.csv.gz")
    assert isinstance(member, Member)
    assert (member.name, member.kind, member.source) == ("rows.csv", "csv", "a/rows.csv.gz")
    assert read(gzip.compress(STORY)[:-10], "a.gz") == ({}, ["a.gz: cut short; what was read before stays"])
    assert read(gzip.compress(STORY) + gzip.compress(STORY), "a.gz")[0] == {"a.gz": STORY * 2}


def zstd(data: bytes) -> bytes:
    zstandard = pytest.importorskip("zstandard")
    packed: bytes = zstandard.ZstdCompressor().compress(data)
    return packed


@pytest.mark.parametrize(
    ("pack", "suffix"), [(bz2.compress, "bz2"), (lzma.compress, "xz"), (zstd, "zst"), (gzip.compress, "gz")]
)
def test_one_packed_file(pack: Callable[[bytes], bytes], suffix: str) -> None:
    assert read(pack(STORY), f"ferry.txt.{suffix}") == ({f"ferry.txt.{suffix}": STORY}, [])
    assert read(pack(STORY), "ferry") == ({"ferry": STORY}, []), "its bytes tell"
    assert read(pack(STORY) * 2, "a") == ({"a": STORY * 2}, []), "packed in parts"
    (member,) = members(io.BytesIO(pack(TABLE)), kind_of(pack(TABLE), "b"), f"a/rows.csv.{suffix}")  # type: ignore[arg-type]
    assert isinstance(member, Member)
    assert (member.name, member.kind) == ("rows.csv", "csv")
    assert read(pack(STORY)[:-10], f"a.{suffix}") == ({}, [f"a.{suffix}: cut short; what was read before stays"])
    ((), (broken,)) = read(pack(STORY)[:12] + b"\xff" * 80, f"a.{suffix}")
    assert broken.startswith(f"a.{suffix}: ")
    assert read(pack(tar({"a.txt": STORY})), f"a.tar.{suffix}") == ({f"a.tar.{suffix}#a.txt": STORY}, [])


@pytest.mark.parametrize("pack", [bz2.compress, lzma.compress, zstd])
def test_a_bomb_in_one_packed_file(pack: Callable[[bytes], bytes], bomb: bytes) -> None:
    (member,) = members(io.BytesIO(pack(bomb)), kind_of(pack(bomb)[:1000], "a"), "a")  # type: ignore[arg-type]
    assert isinstance(member, Member) and member.stream
    tracemalloc.start()
    with pytest.raises(ReadingError, match="zip bomb"):
        while member.stream.read(100_000):
            pass
    assert tracemalloc.get_traced_memory()[1] < 40_000_000
    tracemalloc.stop()


def test_of_a_wacz_its_web_archives_only() -> None:
    pages = (
        b'{"format": "json-pages-1.0"}\n{"url": "https://courier.example/a", "title": "Ferry", "text": "We knew."}\n'
    )
    warc = gzip.compress(b"WARC/1.1\r\n")
    data = zipped({
        "archive/data.warc.gz": warc, "pages/pages.jsonl": pages, "datapackage.json": b'{"resources": []}',
        "indexes/index.cdx": b"com,example)/ 2025", "logs/crawl.log": b"",
    })  # fmt: skip
    assert read(data, "site.wacz") == ({"site.wacz#archive/data.warc.gz": warc}, [])


# Archives in archives


@packs
def test_archives_in_archives(pack: Pack) -> None:
    inner = {"i.zip": zipped(FILES), "i.tar.gz": tar_gz(FILES), "a.txt.gz": gzip.compress(STORY), "b.txt": STORY}
    found, errors = read(pack(inner))
    assert errors == []
    assert set(found) == {
        *(f"news#i.zip#{name}" for name in FILES),
        *(f"news#i.tar.gz#{name}" for name in FILES),
        "news#a.txt.gz",
        "news#b.txt",
    }


@packs
def test_archives_in_archives_in_archives_are_not_read(pack: Pack) -> None:
    found, errors = read(pack({"a.zip": zipped({"b.tar.gz": tar_gz(FILES), "c.txt": STORY}), "d.txt": STORY}))
    assert list(found) == ["news#a.zip#c.txt", "news#d.txt"]
    assert errors == ["news#a.zip#b.tar.gz: an archive in an archive in an archive; unpack the outer one first"]


@packs
def test_a_broken_archive_in_an_archive(pack: Pack) -> None:
    broken = {"a.zip": zipped(FILES)[:-30], "b.tar.gz": tar_gz(FILES)[:-30], "c.txt": STORY}
    found, errors = read(pack(broken))
    assert "news#c.txt" in found
    assert [error.partition(":")[0] for error in errors] == ["news#a.zip", "news#b.tar.gz"]


# Broken ones


def test_a_tar_archive_that_is_cut_short_anywhere_is_never_read_as_whole() -> None:
    files = {"a.txt": STORY, "b.txt": STORY * 30, "c.txt": STORY}
    whole = tar(files)
    end = whole.rindex(b"Pell.\n") + 512
    for cut in range(600, end - 512, 171):
        found, errors = read(whole[:cut])
        assert len(errors) == 1, cut
        assert all(found[f"news#{name}"] == files[name] for name in files if f"news#{name}" in found)
    packed = gzip.compress(whole, 0)
    for cut in range(40, len(packed), 171):
        assert len(read(packed[:cut], "a.tar.gz")[1]) == 1, cut


def test_a_tar_archive_with_a_broken_header() -> None:
    whole = bytearray(tar({"a.txt": STORY, "b.txt": STORY, "c.txt": STORY}))
    at = whole.index(b"b.txt")
    whole[at : at + 20] = b"?" * 20
    found, errors = read(bytes(whole))
    assert list(found) == ["news#a.txt"]
    assert errors == ["news: broken or cut short after 1 files; what was read before stays"]


def test_a_tar_header_without_end_or_with_a_size_below_zero() -> None:
    info = tarfile.TarInfo("a" * 6_000_000)
    found, errors = read(gzip.compress(tar({"a.txt": STORY}, info)))
    assert (list(found), errors) == (["news#a.txt"], ["news: broken: a header without end"])
    info = tarfile.TarInfo("b.txt")
    info.size = -1024
    for form in (tarfile.GNU_FORMAT, tarfile.PAX_FORMAT):
        found, errors = read(tar({"a.txt": STORY})[:1024] + info.tobuf(form) + bytes(10_000))
        assert (list(found), len(errors)) == (["news#a.txt"], 1)


def test_a_broken_zip_member_does_not_stop_the_rest() -> None:
    data = zipped({"a.txt": STORY, "b.txt": STORY[::-1], "c.txt": STORY}, zipfile.ZIP_STORED)
    found, errors = read(data.replace(STORY[::-1], STORY[1:] + b"x"))
    assert list(found) == ["news#a.txt", "news#c.txt"]
    assert errors == ["news#b.txt: broken, or no archive (Bad CRC-32 for file 'b.txt')"]


@pytest.mark.parametrize("cut", [4, 30, 200, -60, -10])
def test_a_broken_zip(cut: int) -> None:
    found, errors = read(zipped(FILES)[:cut], "news.zip")
    assert found == {}
    assert errors == ["news.zip: broken, or no archive (File is not a zip file)"]


def locked(data: bytes, *names: str) -> bytes:
    """A zip archive that says of these members that they are encrypted."""
    changed = bytearray(data)
    for name in names:
        for mark, flags, start in ((b"PK\3\4", 6, 30), (b"PK\1\2", 8, 46)):
            at = next(
                at
                for at in range(len(changed))
                if changed.startswith(mark, at) and changed.startswith(name.encode(), at + start)
            )
            changed[at + flags] |= 1
    return bytes(changed)


def test_locked_zips_are_told_once() -> None:
    data = zipped({"a.txt": STORY, "b.txt": STORY, "c.txt": STORY})
    assert read(locked(data, "a.txt", "b.txt", "c.txt")) == (
        {},
        ["news: its files are locked with a password; unpack it first"],
    )
    found, errors = read(locked(data, "b.txt"))
    assert list(found) == ["news#a.txt", "news#c.txt"]
    assert errors == ["news: 1 of its 3 files are locked with a password; unpack it first"]


@settings(max_examples=80, deadline=None)
@given(st.data())
def test_an_archive_with_any_bytes_changed_is_read_or_told(data: st.DataObject) -> None:
    pack, kind = data.draw(st.sampled_from([(zipped, "zip"), (tar, "tar"), (tar_gz, "tar")]))
    whole = bytearray(pack(FILES))  # type: ignore[operator]
    for _ in range(data.draw(st.integers(1, 4))):
        whole[int(data.draw(st.floats(0, 0.999)) * len(whole))] = data.draw(st.integers(0, 255))
    found, errors = parted(io.BytesIO(bytes(whole)), kind, "news")
    assert found or errors


# Bombs


def test_members_that_are_too_large() -> None:
    files = {"a.txt": b"a " * 1_000_001, "b.html": PAGE * 300_000, "c.txt": STORY}
    for pack in (zipped, tar, tar_gz):
        found, errors = read(pack(files))
        assert list(found) == ["news#c.txt"]
        assert errors == [
            "news#a.txt: larger than 2 MB, too large for one article",
            "news#b.html: larger than 10 MB, too large for one article",
        ]


@pytest.fixture(scope="module")
def bomb() -> bytes:
    return TABLE + b"a,a\n" * 20_000_000


@pytest.mark.parametrize("sort", ["zip", "tar", "gzip"])
def test_a_bomb_is_refused_and_takes_little_memory(sort: str, bomb: bytes) -> None:
    files = {"bomb.csv": bomb}
    data = gzip.compress(bomb) if sort == "gzip" else {"zip": zipped, "tar": tar_gz}[sort](files)
    errors: list[str] = []
    size = 0
    tracemalloc.start()
    for member in members(io.BytesIO(data), sort, "news.csv.gz"):  # type: ignore[arg-type]
        if isinstance(member, ReadingError):
            errors.append(member.message)
            continue
        assert member.stream
        try:
            while part := member.stream.read(100_000):
                size += len(part)
        except ReadingError as error:
            errors.append(error.message)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert errors == ["grows over 200 times when unpacked, as only a zip bomb does; not read"]
    assert 40_000_000 < size < 80_000_000
    assert most < 5_000_000


def test_a_bomb_among_what_is_passed_over_is_refused() -> None:
    data = tar_gz({"a.txt": STORY, "photo.jpg": b"\xff\xd8\xff\xe0" + bytes(80_000_000), "b.txt": STORY})
    found, errors = read(data)
    assert list(found) == ["news#a.txt"]
    assert errors == ["news: grows over 200 times when unpacked, as only a zip bomb does; not read"]


@packs
def test_more_than_any_archive_holds(pack: Pack, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_MEMBERS", 2)
    found, errors = read(pack(FILES))
    assert list(found) == ["news#ferry.txt", "news#2025/page.html"]
    assert errors == ["news: more than 2 files; split it. What was read before stays"]
    monkeypatch.setattr(module, "MOST_MEMBERS", 100)
    monkeypatch.setattr(module, "LARGEST_TOTAL", 30_000)
    found, errors = read(pack({"a.txt": STORY * 20, "b.txt": STORY * 700, "c.txt": STORY}))
    assert "news#b.txt" not in found
    assert len(errors) == 1 and "GB came out" in errors[0]


def test_many_members_take_little_memory() -> None:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w:gz", compresslevel=1) as archive:
        for number in range(5000):
            info = tarfile.TarInfo(f"{number}.txt")
            info.size = len(STORY)
            archive.addfile(info, io.BytesIO(STORY))
            archive.members = []  # type: ignore[attr-defined]
    most = []
    for _ in range(2):  # what is imported at first, and what other threads of the tests do, does not count
        file.seek(0)
        tracemalloc.start()
        count = sum(isinstance(member, Member) for member in members(file, "tar", "news"))
        most.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
        assert count == 5000
    assert min(most) < 5_000_000


def test_what_can_not_be_opened_is_told(tmp_path: Path) -> None:
    assert parted(tmp_path / "none", "zip", "none") == ({}, ["none: can't be read (No such file or directory)"])
    assert parted(tmp_path, "tar", "folder") == ({}, ["folder: can't be read (Is a directory)"])


class Pipe(io.RawIOBase):
    """What can't be read backwards."""

    def __init__(self, data: bytes) -> None:
        self._data = io.BytesIO(data)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        return self._data.readinto(memoryview(buffer)[:1000])


@packs
def test_what_comes_through_a_pipe(pack: Pack) -> None:
    data = pack(FILES)
    assert parted(Pipe(data), kind_of(data, ""), "-")[1] == []
    assert len(parted(io.BufferedReader(Pipe(data)), kind_of(data, ""), "-")[0]) == 3
