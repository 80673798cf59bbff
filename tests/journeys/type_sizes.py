"""How far away a wall screen can be read, by the height of its signs in millimetres.

A 55-inch panel is 1,218 mm wide and 685 mm high, whatever its resolution. A sign can be
read with ease at 0.4 m for each millimetre of its height, and at 0.6 m at most; ISO
9241-3 wants the distance divided by 155 to 175 for what must be read at a glance.
"""

from __future__ import annotations

from playwright.async_api import Page

from tests.screens import Size


FULL_HD: Size = (1920, 1080)
FOUR_K: Size = (3840, 2160)
TALL: Size = (1080, 1920)

LONG_SIDE_MM = 1218
HALL_METRES = 15
EASE, LIMIT = 0.4, 0.6
"""Metres for each millimetre."""
AT_A_GLANCE_MM = HALL_METRES * 1000 / 165
CAPITAL, CHINESE = 0.73, 0.92
"""The heights of a digit and of a Chinese sign, as shares of the type size."""

SIZES = """
unit => {
  const fitted = parseFloat(document.documentElement.style.fontSize)
  if (Math.abs(fitted - unit) > 0.01) return null
  const found = { large: [], calls: [], all: [] }
  const note = (kind, element) =>
    found[kind].push(parseFloat(getComputedStyle(element).fontSize))
  for (const number of document.querySelectorAll('.ticket-number')) {
    note(number.closest('.large') ? 'large' : 'calls', number)
  }
  document.querySelectorAll('.large .figure').forEach((one) => note('large', one))
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  while (texts.nextNode()) {
    const element = texts.currentNode.parentElement
    const shown = texts.currentNode.data.trim() && !element.closest('.unseen')
    if (shown && element.getClientRects().length) note('all', element)
  }
  return found
}
"""
"""A page learns of its new size a frame later: it is measured as soon as it fits."""


async def require_readable(screen: Page, *panels: Size) -> None:
    """Pass if a board can be read from the end of a hall, on panels of such sizes."""
    for width, height in panels:
        await screen.set_viewport_size({"width": width, "height": height})
        unit = 16 * max(width, height) / max(FULL_HD)
        fitted = await screen.wait_for_function(SIZES, arg=unit)
        seen: dict[str, list[float]] = await fitted.json_value()
        millimetres = LONG_SIDE_MM / max(width, height)

        newest = min(seen["large"]) * CAPITAL * millimetres
        assert newest >= AT_A_GLANCE_MM, (width, height)
        for call in seen["calls"]:
            assert call * CAPITAL * millimetres * EASE >= HALL_METRES, (width, height)
        smallest = min(seen["all"]) * CHINESE * millimetres
        assert smallest * LIMIT >= HALL_METRES, (width, height, smallest)
