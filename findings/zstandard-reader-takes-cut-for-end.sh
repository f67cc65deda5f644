#!/usr/bin/env bash
# zstandard: `stream_reader` takes a stream that is cut short for one that ends.
#
# Expected: reading a truncated frame raises, as gzip, bz2 and lzma do (EOFError: "ended before the end-of-stream
# marker was reached"), and as the standard library's compression.zstd does from Python 3.14 on.
# Seen in zstandard 0.25.0: `read` returns what came out so far and then b"", with no error; of a frame of one block
# that lacks its last 5 bytes it returns nothing at all, as if the file were empty.
# Instead: unpack with `ZstdDecompressor().decompressobj()`, frame by frame, and raise where the packed bytes end before
# its `eof` is true.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q "zstandard==0.25.0"
"$folder/venv/bin/python" - <<'PYTHON'
import bz2
import gzip
import io
import lzma
import random

import zstandard

print("zstandard", zstandard.__version__)
random.seed(1)
text = "".join(random.choices("abcdefgh \n", k=500_000)).encode()


def outcome(stream):
    size = 0
    try:
        while part := stream.read(65_536):
            size += len(part)
    except EOFError:
        return "EOFError"
    return f"ends after {size:,} of {len(text):,} bytes, no error"


packed = zstandard.ZstdCompressor().compress(text)
cut = io.BytesIO(packed[: len(packed) // 2])
found = outcome(zstandard.ZstdDecompressor().stream_reader(cut, read_across_frames=True))
print("zstandard:", found)
short = zstandard.ZstdCompressor().compress(b"a story" * 20)
empty = zstandard.ZstdDecompressor().stream_reader(io.BytesIO(short[:-5]), read_across_frames=True).read(1000)
print("zstandard, one block without its last 5 bytes:", empty)
others = {
    "gzip": outcome(gzip.GzipFile(fileobj=io.BytesIO(gzip.compress(text)[:100_000]))),
    "bz2": outcome(bz2.BZ2File(io.BytesIO(bz2.compress(text)[:100_000]))),
    "lzma": outcome(lzma.LZMAFile(io.BytesIO(lzma.compress(text)[:100_000]))),
}
print(others)
unpacker = zstandard.ZstdDecompressor().decompressobj()
unpacker.decompress(packed[: len(packed) // 2])
print("decompressobj().eof:", unpacker.eof)
assert found.endswith("no error") and empty == b"", (found, empty)
assert set(others.values()) == {"EOFError"}, others
assert not unpacker.eof
PYTHON
