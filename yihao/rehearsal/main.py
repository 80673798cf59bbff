"""The whole programme of a rehearsal: find the hall, play its day, judge, tell.

``rehearse(options)`` returns 0 if the day was clean, 1 if a rule was broken or
something went wrong, 2 if there was nothing to play.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import aiohttp

from displays.link.client import Update
from queue_core.errors import ParseError, YihaoError
from queue_core.profiles.catalog import shipped_profile_dir
from queue_core.profiles.profile import HallProfile
from queue_core.profiles.reading import read_profile

from .accounts import Accounts, read_accounts
from .arrivals_file import read_arrivals, recorded_day
from .generator import generate_day
from .hall_api import HallApi, ServerGone
from .hall_time import HallTime
from .live_link import LiveLink, TopicNotServed
from .options import Options, add_arguments, options_of
from .play import Play
from .sign_ins import SignIns
from .table import Result, result_json, table
from .visitors import RehearsedDay


__all__ = ["Options", "add_arguments", "options_of", "rehearse"]

CONNECTIONS_LIMIT = 200


async def rehearse(options: Options) -> int:
    """Play one day, or with ``forever`` every day from now on."""
    try:
        accounts = read_accounts(options.accounts)
        profile = _profile(options, options.hall or accounts.hall)
        if options.csv:
            read_arrivals(options.csv, options.office, options.day)
        connector = aiohttp.TCPConnector(limit=CONNECTIONS_LIMIT)
        async with aiohttp.ClientSession(connector=connector) as session:
            programme = _Programme(options, accounts, profile, session)
            return await programme.play()
    except (ServerGone, TopicNotServed, YihaoError) as error:
        print(f"yihao rehearse: {error}", file=sys.stderr)
        return 2


class _Programme:
    """Day after day of one hall."""

    def __init__(
        self,
        options: Options,
        accounts: Accounts,
        profile: HallProfile,
        session: aiohttp.ClientSession,
    ) -> None:
        self.options, self.accounts, self.profile = options, accounts, profile
        self.session = session
        self.hall = options.hall or accounts.hall
        self.sign_ins = SignIns(HallApi(options.server, session))

    async def play(self) -> int:
        """Play until the day, or the patience of whoever watches, is over."""
        await self._ask_hall()
        await self.sign_ins.sign_in(self.accounts.played_clerks)
        try:
            return await self._play_days()
        finally:
            await self.sign_ins.sign_out()

    async def _play_days(self) -> int:
        worst, last_date = 0, ""
        while True:
            hall = await self._open_hall(last_date)
            if hall is None:
                print("yihao rehearse: the day is closed", file=sys.stderr)
                return 2
            result = await self._play_day(hall)
            self._tell(result, hall)
            worst = max(worst, 0 if result.is_clean else 1)
            last_date = str(hall["date"])
            if not self.options.forever:
                return worst

    async def _open_hall(self, last_date: str) -> dict[str, Any] | None:
        """Return the hall once a day is open that has not been played yet."""
        hall = await self._ask_hall()
        if hall["state"] == "closed" and not self.options.forever:
            return None
        if hall["state"] == "open" and hall["date"] != last_date:
            return hall
        await self._wait_for_opening(hall, last_date)
        return await self._ask_hall()

    async def _ask_hall(self) -> dict[str, Any]:
        reply = await HallApi(self.options.server, self.session).get(
            f"/api/halls/{self.hall}"
        )
        if not reply.is_ok:
            raise ServerGone(f"hall {self.hall}: {reply.code or reply.status}")
        return reply.body

    async def _wait_for_opening(self, hall: dict[str, Any], last_date: str) -> None:
        def heard(update: Update, state: Any) -> None:
            del update, state

        topic = f"board/{self.hall}"
        clock = hall["clock"]
        link = LiveLink(hall["link"], HallTime(clock["now"], clock["speed"]), heard)
        link.start()
        await link.follow(topic)
        try:
            while not _is_open(link.state(topic), last_date):
                await link.wait()
                if failure := link.failure():
                    raise failure
        finally:
            await link.close()

    async def _play_day(self, hall: dict[str, Any]) -> Result:
        day = self._day(str(hall["date"]))
        for note in day.notes:
            self._say(note)
        api = HallApi(self.options.server, self.session)
        play = Play(
            api,
            self.accounts,
            self.profile,
            hall,
            day=day,
            sign_ins=self.sign_ins,
            say=self._say,
        )
        return await play.run(until_closed=self.options.until_closed)

    def _day(self, date: str) -> RehearsedDay:
        options = self.options
        if options.csv:
            arrivals = read_arrivals(options.csv, options.office, options.day)
            return recorded_day(self.profile, date, arrivals, options.seed)
        return generate_day(
            self.profile,
            date,
            seed=options.seed,
            tickets=options.tickets,
            stress=options.stress,
        )

    def _say(self, line: str) -> None:
        if not self.options.quiet:
            where = sys.stderr if self.options.json else sys.stdout
            print(line, file=where, flush=True)

    def _tell(self, result: Result, hall: dict[str, Any]) -> None:
        if self.options.json:
            print(json.dumps(result_json(result), ensure_ascii=False), flush=True)
            return
        lang = self.options.lang
        names = {zone["zone"]: zone["name"][lang] for zone in hall["zones"]}
        print(table(result, names, lang), flush=True)


def _is_open(state: list[Any] | None, last_date: str) -> bool:
    return bool(state) and state is not None and state[1] == 1 and state[0] != last_date


def _profile(options: Options, hall: str) -> HallProfile:
    name = options.profile or hall
    folder = Path(name)
    if not (folder / "hall.toml").is_file():
        try:
            folder = shipped_profile_dir(name)
        except (KeyError, ValueError, YihaoError) as error:
            raise ParseError(f"there is no profile {name}", "profile") from error
    return read_profile(folder)
