"""One picture of several screens, for the documents."""

from __future__ import annotations

from pathlib import Path

from PIL import Image


# Where each screen stands: left, top, width.
PLACES = {
    "board-8": (40, 40, 1000),
    "kiosk": (1080, 40, 430),
    "phone-3-ahead": (1550, 40, 310),
    "manager": (40, 642, 1000),
    "console-serving": (1080, 844, 780),
}
SIZE = (1900, 1372)
GROUND = "#dfe4ec"
COLOURS = 128


def lay_out(folder: Path, target: Path) -> None:
    """Put the screens side by side on one quiet ground."""
    ground = Image.new("RGB", SIZE, GROUND)
    for name, (left, top, width) in PLACES.items():
        picture = Image.open(folder / f"{name}.png").convert("RGB")
        height = round(picture.height * width / picture.width)
        ground.paste(
            picture.resize((width, height), Image.Resampling.LANCZOS), (left, top)
        )
    ground.quantize(COLOURS).save(target, optimize=True)
    print(target)
