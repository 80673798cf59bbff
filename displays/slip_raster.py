"""A slip drawn dot by dot, for what a printer's own characters cannot show.

A printer's font lacks rare characters of names and places, and has one size of
type for everybody. A drawn slip has every character of a font on the house's
own machine, in the size that is wanted. It is a hundred times as many bytes as text.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import segno
from PIL import Image, ImageDraw, ImageFont

from queue_core.errors import ParseError


DOTS_OF_COLUMN = 12
"""Thermal printers have 8 dots a millimetre: 80 mm paper is 576 wide, 58 mm 384."""
TEXT, LARGE_TEXT = 24, 36
"""Height of a character in dots: 3 and 4.5 mm."""
LINE = 1.4
"""Height of a line, in heights of its characters."""
QR_DOTS = 6
MOST_FACES = 16
BAND = 256
"""Rows of dots in one command: a printer with a small memory takes no more at once."""
RASTER = b"\x1dv0\x00"
BLACK, WHITE = 0, 1

FONT_NAMES = (
    "NotoSansCJK-Regular.ttc",
    "NotoSansCJKsc-Regular.otf",
    "SourceHanSansSC-Regular.otf",
    "SourceHanSans-Regular.ttc",
    "wqy-zenhei.ttc",
    "wqy-microhei.ttc",
)
FONT_FOLDERS = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"))

Style = tuple[float, bool, bool]
STYLES: dict[str, Style] = {
    "plain": (1.0, False, False),
    "centre": (1.0, False, True),
    "title": (1.5, True, True),
    "strong": (1.25, True, True),
    "hero": (6.0, True, True),
}
"""How a line is drawn: times the size of text, bold, in the middle."""


@cache
def find_font() -> str:
    """Return a font with Chinese characters that is installed on this machine.

    Raises:
        ParseError: None of the usual ones is.
    """
    for folder in FONT_FOLDERS:
        found = {path.name: path for path in folder.rglob("*.?t?") if path.is_file()}
        for name in FONT_NAMES:
            if name in found:
                return str(found[name])
    why = "no Chinese font is installed; name one with &font=/path/to/font.ttf"
    raise ParseError(f"a printer cannot draw slips: {why}", "printer")


@cache
def opened_font(path: str, size: int) -> ImageFont.FreeTypeFont:
    """Return a font in one size.

    Raises:
        ParseError: The file is no font.
    """
    faces: list[ImageFont.FreeTypeFont] = []
    try:
        faces = [ImageFont.truetype(path, size)]
        while path.endswith(".ttc") and len(faces) < MOST_FACES:
            faces.append(ImageFont.truetype(path, size, len(faces)))
    except OSError:
        if not faces:
            why = f"{path} is no font that can be drawn"
            raise ParseError(why, "printer") from None
    names = [str(face.getname()[0]) for face in faces]
    # A collection has one face for each country; marks stand elsewhere in Japan.
    simplified = [place for place, name in enumerate(names) if name.endswith(" SC")]
    return faces[simplified[0] if simplified else 0]


def columns_when(columns: int, *, large: bool) -> int:
    """Return how many half-width characters stand on a line of drawn paper."""
    return columns * TEXT // LARGE_TEXT if large else columns


def drawn(
    lines: list[tuple[str, str]], columns: int, font: str, *, large: bool
) -> Image.Image:
    """Return the slip as a picture of black and white dots, as wide as the paper.

    ``lines`` are texts with their styles; a text of style ``code`` is drawn as a code.
    """
    width = columns * DOTS_OF_COLUMN
    rows = [_row(text, style, width, font, large=large) for text, style in lines]
    paper = Image.new("1", (width, sum(row.height for row in rows)), WHITE)
    top = 0
    for row in rows:
        paper.paste(row, (0, top))
        top += row.height
    return paper


def raster_commands(paper: Image.Image) -> bytes:
    """Return the commands (``GS v 0``) that print a picture, a band at a time."""
    across = (paper.width + 7) // 8
    commands = bytearray()
    for top in range(0, paper.height, BAND):
        band = paper.crop((0, top, paper.width, min(top + BAND, paper.height)))
        commands += RASTER + across.to_bytes(2, "little")
        commands += band.height.to_bytes(2, "little")
        commands += band.tobytes("raw", "1;I")
    return bytes(commands)


def _row(text: str, style: str, width: int, font: str, *, large: bool) -> Image.Image:
    size = LARGE_TEXT if large else TEXT
    if style == "code":
        return _code(text, width)
    if text and not text.strip("-"):
        return _rule(width, size)
    times, is_bold, is_centred = STYLES[style]
    stroke = max(1, round(size * times / 45)) if is_bold else 0
    face = _fitting(text, font, round(size * times), width - 2 * stroke)
    row = Image.new("1", (width, round(face.size * LINE)), WHITE)
    wide = face.getlength(text) + 2 * stroke
    left = (width - wide) / 2 if is_centred else 0
    middle = row.height / 2
    ImageDraw.Draw(row).text(
        (left + stroke, middle), text, BLACK, face, anchor="lm", stroke_width=stroke
    )
    return row


def _fitting(text: str, font: str, size: int, width: int) -> ImageFont.FreeTypeFont:
    """Return the largest font, up to a size, in which a text fits the paper."""
    face = opened_font(font, size)
    while (wide := face.getlength(text)) > width:
        size = min(size - 1, int(size * width / wide))
        face = opened_font(font, size)
    return face


def _rule(width: int, size: int) -> Image.Image:
    row = Image.new("1", (width, size), WHITE)
    ImageDraw.Draw(row).line((0, size // 2, width, size // 2), BLACK, 2)
    return row


def _code(text: str, width: int) -> Image.Image:
    matrix = [list(row) for row in segno.make(text, error="m", micro=False).matrix]
    side = len(matrix)
    code = Image.new("1", (side, side), WHITE)
    code.putdata([BLACK if dot else WHITE for row in matrix for dot in row])
    dots = min(QR_DOTS, width // (side + 8))
    code = code.resize((side * dots, side * dots), Image.Resampling.NEAREST)
    # Four quiet squares on every side, as the standard of the code wants.
    row = Image.new("1", (width, code.height + 8 * dots), WHITE)
    row.paste(code, ((width - code.width) // 2, 4 * dots))
    return row
