#!/usr/bin/env bash
# pypdfium2: a hyphen at a line's end, of `self-employed` too, comes out as U+FFFE, and the line's end is gone.
#
# Expected: `get_text_range()` returns the characters of the page, lines parted by \r\n, so that a hyphen at a line's end
# is "-\r\n" and can be told from others; U+FFFE is a noncharacter that no text should hold.
# Seen in pypdfium2 5.15.2 (and its PDFium): "self-" and "employed" on two lines come out as "self\ufffeemployed", and so
# does a word that was only broken: "har\ufffebour". A filter of control or undefined characters makes "selfemployed",
# and what compares it line by line misses a line.
# Instead: read U+FFFE as "-\n" and let a list of words decide which hyphens stay.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q "pypdfium2==5.15.2" "reportlab==5.1.0"
"$folder/venv/bin/python" - <<'PYTHON'
import io

import pypdfium2
from reportlab.pdfgen.canvas import Canvas

print("pypdfium2", pypdfium2.version.PYPDFIUM_INFO)
file = io.BytesIO()
canvas = Canvas(file)
for n, line in enumerate(("The har-", "bour is run by a self-", "employed man.")):
    canvas.drawString(72, 700 - 14 * n, line)
canvas.save()
text = pypdfium2.PdfDocument(file.getvalue())[0].get_textpage().get_text_range()
print(repr(text))
assert text == "The har\ufffebour is run by a self\ufffeemployed man.", text
PYTHON
