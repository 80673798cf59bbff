"""Bring a hall into every state, and save what each screen shows then.

``scripts/screenshots`` installs what is needed and starts this program with: the
browser, the folder, the languages, and the file of the overview picture or nothing.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path

from pictures.desk import Desks, Pads
from pictures.help_desk import HelpDesks
from pictures.machine import draw_slips, show_closed_machine, show_machine
from pictures.office import Manager, show_office, show_sign_in
from pictures.overview import lay_out
from pictures.posed_hall import PosedHall, posed_hall
from pictures.public import Boards, Phones, look, show_signs
from pictures.studio import DESK, Camera, Studio
from playwright.async_api import async_playwright


PHONE_QUEUE = "civil"
SIGN_QUEUE = "exit-entry"
PAD_QUEUE = "marriage"
NIGHT_MINUTES = 14 * 60


async def main(
    chromium: str, folder: Path, languages: list[str], overview: str
) -> None:
    """Take every picture in every language."""
    with tempfile.TemporaryDirectory() as data:
        async with posed_hall(Path(data)) as hall, async_playwright() as playwright:
            browser = await playwright.chromium.launch(executable_path=chromium)
            cameras = [
                Camera(browser, hall.address, folder, language)
                for language in languages
            ]
            studio = Studio(cameras)
            await a_day(hall, studio)
            await browser.close()
    for camera in cameras:
        print(f"{camera.folder}: {camera.taken} pictures")
    if studio.failed:
        sys.exit(f"{len(studio.failed)} scenes could not be shown")
    if overview:
        lay_out(folder / languages[0], Path(overview))


async def a_day(hall: PosedHall, studio: Studio) -> None:
    """Go through a day of the hall, from nobody in it to the night."""
    manager_session = await hall.staff("manager", "hall.manager", "沈若安")
    boards = Boards(hall, studio, manager_session)
    phones = Phones(hall, studio, PHONE_QUEUE)
    manager = Manager(hall, studio, manager_session)
    desks = Desks(hall, studio, manager_session)
    home = look("/", "home", DESK, until="main a")
    scenes: list[Callable[[], Awaitable[None]]] = [
        lambda: studio.scene("slips", partial(draw_slips, hall)),
        lambda: studio.scene("home", home),
        boards.empty,
        boards.open_windows,
        manager.calm,
        desks.sit_down,
        boards.filling,
        boards.in_all_ways,
        boards.serve,
        phones.taking,
        lambda: show_machine(hall, studio),
        desks.work,
        phones.following,
        HelpDesks(hall, studio).show,
        manager.busy,
        lambda: show_signs(hall, studio, SIGN_QUEUE),
        Pads(hall, studio, PAD_QUEUE).show,
        lambda: show_sign_in(hall, studio),
        lambda: show_office(hall, studio, manager_session),
    ]
    for scene in scenes:
        await scene()
    hall.pass_minutes(NIGHT_MINUTES)
    await hall.is_closed()
    await boards.closed()
    await show_closed_machine(hall, studio)


if __name__ == "__main__":
    asyncio.run(
        main(sys.argv[1], Path(sys.argv[2]), sys.argv[3].split(","), sys.argv[4])
    )
