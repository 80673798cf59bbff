"""A drawn slip: what is left on the paper dot by dot, and who can read it."""

from __future__ import annotations

import os
from pathlib import Path

import msgspec
import pytest
import zxingcpp
from PIL import Image

from displays.slip import Form, make_slip
from displays.slip_raster import DOTS_OF_COLUMN, drawn, find_font
from queue_core.errors import ParseError
from tests.displays.test_slip import ADDRESS, ENGLISH, FACTS


try:
    FORM = Form(font=find_font())
except ParseError as missing:
    pytest.skip(str(missing), allow_module_level=True)
RARE = "𠮷野家㙍村㼆"
"""Characters that stand in names of people and places, and in few printers."""


def paper_of(data: bytes) -> Image.Image:
    """Decode what ``GS v 0`` prints: bands of dots between a reset and a cut."""
    assert data.startswith(b"\x1b@")
    bands = []
    at = data.index(b"\x1dv0")
    while data[at : at + 3] == b"\x1dv0":
        wide = int.from_bytes(data[at + 4 : at + 6], "little")
        high = int.from_bytes(data[at + 6 : at + 8], "little")
        at += 8 + wide * high
        dots = data[at - wide * high : at]
        bands.append(Image.frombytes("1", (wide * 8, high), dots, "raw", "1;I"))
    assert b"\x1dV" in data[at:]
    paper = Image.new("1", (bands[0].width, sum(band.height for band in bands)), 1)
    for place, band in enumerate(bands):
        paper.paste(band, (0, sum(one.height for one in bands[:place])))
    return paper


def keep_picture(paper: Image.Image, name: str) -> None:
    """Keep a picture of the paper, where YIHAO_SCREENSHOTS asks for pictures."""
    if folder := os.environ.get("YIHAO_SCREENSHOTS"):
        paper.save(Path(folder) / f"{name}.png")


@pytest.mark.parametrize("columns", [32, 48])
@pytest.mark.parametrize("large", [False, True])
def test_the_printed_dots_are_the_drawn_ones(columns: int, large: bool) -> None:
    form = msgspec.structs.replace(FORM, columns=columns, large=large)
    slip = make_slip(FACTS, form)

    paper = paper_of(slip.data)

    assert paper.width == columns * DOTS_OF_COLUMN
    keep_picture(paper, f"slip-{columns}{'-large' if large else ''}")
    styles = ["code" if line == ADDRESS else "plain" for line in slip.text]
    again = drawn(
        list(zip(slip.text, styles, strict=True)), columns, FORM.font, large=large
    )
    assert again.width == paper.width
    assert [found.text for found in zxingcpp.read_barcodes(paper.convert("L"))] == [
        ADDRESS
    ]


def test_a_code_on_drawn_paper_is_read_by_a_phone_in_english_too() -> None:
    paper = paper_of(make_slip(ENGLISH, FORM).data)

    keep_picture(paper, "slip-english")
    assert [found.text for found in zxingcpp.read_barcodes(paper.convert("L"))] == [
        ADDRESS
    ]


def test_nothing_is_drawn_over_the_edge_of_the_paper() -> None:
    long = msgspec.structs.replace(
        ENGLISH,
        hall="W" * 60,
        number="VGS" + "W" * 20,
        items=["Wholesale of warm winter wear " * 4],
    )

    paper = paper_of(make_slip(long, msgspec.structs.replace(FORM, columns=32)).data)

    wide = paper.width
    right = paper.crop((wide - 1, 0, wide, paper.height)).convert("L")
    rows = right.histogram()[0]
    # The two rules are drawn from edge to edge, two dots high.
    assert rows <= 4


def test_rare_characters_are_drawn_each_in_its_own_shape() -> None:
    def shape(character: str) -> bytes:
        return drawn([(character, "plain")], 48, FORM.font, large=False).tobytes()

    shapes = {shape(character) for character in RARE}

    assert len(shapes) == len(set(RARE))
    assert shape("\U0010ffff") not in shapes


def test_a_large_slip_is_longer_and_its_number_is_the_largest_thing_on_it() -> None:
    plain = paper_of(make_slip(FACTS, FORM).data)
    large = paper_of(make_slip(FACTS, msgspec.structs.replace(FORM, large=True)).data)

    assert large.height > plain.height * 1.3
