"""A citizen: takes a number, waits, hears it, comes to the window, evaluates."""

from __future__ import annotations

import asyncio
from typing import Any, Literal, NamedTuple

from displays.link.client import Update
from queue_core.values import Channel

from .live_link import LiveLink
from .stage import Stage, Wish
from .visitors import Visitor
from .witness import What


REFUSED_BY_RULE = frozenset(
    {
        "doors-closed",
        "no-window-serves",
        "quota-reached",
        "numbers-exhausted",
        "live-ticket-exists",
        "day-ended",
    }
)
"""Why a hall may send somebody away who wants a number."""
TOO_LATE = frozenset({"ticket-ended", "ticket-busy", "pause-used", "day-ended"})
"""Why a ticket may not be paused or given back any more."""

PAUSES_FROM_AHEAD = 4
PAUSES_AFTER_SECONDS = 300
PAUSES_FOR_SECONDS = 600
CALLED_STAGE = 4

Change = Literal["pause", "resume", "cancel"]
DONE: dict[Change, What] = {
    "pause": "paused",
    "resume": "resumed",
    "cancel": "cancelled",
}

Said = Literal["called", "gave-up", "aside", "onward", "finished"]


class Word(NamedTuple):
    """Something that reaches a citizen: his number, or what a clerk says."""

    said: Said
    window: str = ""
    service: str = ""
    call: int = 0


class Citizen:
    """One visitor with a number, from the door to the door."""

    def __init__(self, stage: Stage, visitor: Visitor) -> None:
        self.stage, self.visitor = stage, visitor
        self.channel = self._channel()
        self.ticket = self.number = self.secret = ""
        self.issued_at = self.people_ahead = 0
        self.served_items = 0
        self.was_transferred = self.was_held = self.has_added = False
        self.is_gone = False
        self._words: asyncio.Queue[Word] = asyncio.Queue()
        self._heard: set[int] = set()
        self._misses = 0

    # What others say to him.

    def hear(self, call: int, window: str) -> None:
        """Hear the number called, from the board or on the phone; once per call."""
        if call not in self._heard:
            self._heard.add(call)
            self._words.put_nowait(Word("called", window, call=call))

    def tell(self, said: Said, window: str, service: str = "") -> None:
        """Be told by the clerk what happens next."""
        self._words.put_nowait(Word(said, window, service))

    # His visit.

    async def visit(self) -> None:
        """Live through the whole visit."""
        await self.stage.time.sleep_until(self.visitor.arrives_at)
        self.stage.counts.arrived += 1
        if not await self._take_number():
            return
        self.stage.floor.enter(self)
        phone = await self._phone() if self.visitor.habits.follows else None
        pausing = asyncio.create_task(self._pause_once())
        try:
            await self._wait_and_be_served()
        finally:
            self.is_gone = True
            self.stage.floor.leave(self)
            pausing.cancel()
            await asyncio.gather(pausing, return_exceptions=True)
            if phone:
                await phone.close()

    async def _wait_and_be_served(self) -> None:
        patience = int(self.visitor.patience_seconds * 1000)
        patient_until: int | None = self.issued_at + patience
        while True:
            word = await self._next_word(patient_until)
            if word is None:
                await self._lose_patience()
                return
            if word.said == "called":
                patient_until = None
                if not await self._answer_call(word):
                    return
            elif word.said == "finished":
                await self._evaluate(word)
                return
            elif word.said == "onward" and word.service:
                await self._evaluate(word)

    async def _next_word(self, until: int | None) -> Word | None:
        seconds = None if until is None else self.stage.time.real_seconds_to(until)
        try:
            async with asyncio.timeout(seconds):
                return await self._words.get()
        except TimeoutError:
            return None

    async def _answer_call(self, word: Word) -> bool:
        """Go to the window, or miss the call; False if he never comes back."""
        if self.visitor.misses_first and not self._misses:
            self._misses += 1
            return self.visitor.returns
        await self.stage.time.sleep(self.visitor.habits.walk_seconds)
        self.stage.floor.step_up(word.window, self.ticket)
        return True

    # At the machine, on the phone, at the help desk.

    async def _take_number(self) -> bool:
        stage, visitor = self.stage, self.visitor
        body: dict[str, Any] = {
            "channel": self.channel,
            "items": self._items_named(),
            "class": visitor.ticket_class,
        }
        if visitor.booked_at:
            body["booked_at"] = visitor.booked_at
        if self.channel == "kiosk":
            body["print"] = False
        asked_at = stage.time.now()
        reply = await stage.api.post(
            f"{stage.path}/tickets",
            self._token(),
            body,
            expected=REFUSED_BY_RULE,
        )
        if not reply.is_ok:
            stage.counts.turned_away[reply.code] += 1
            return False
        answer = reply.body
        self.ticket, self.number = answer["ticket"], answer["number"]
        self.secret, self.issued_at = answer["secret"], answer["issued_at"]
        self.people_ahead = answer["people_ahead"]
        stage.see(
            "issued",
            reply,
            ticket=self.ticket,
            number=self.number,
            queue=answer["queue"],
            asked_at=asked_at,
            more={
                "class": answer["class"],
                "asked_class": visitor.ticket_class,
                "booked_at": visitor.booked_at,
                "issued_at": self.issued_at,
                "items": answer["items"],
            },
        )
        return True

    def _channel(self) -> Channel:
        """Return where the number is taken in a hall that may lack a desk."""
        stage, wanted = self.stage, self.visitor.channel
        if wanted == "help-desk" and not stage.help_desk_token:
            wanted = "kiosk"
        return wanted if wanted != "kiosk" or stage.accounts.devices.kiosk else "phone"

    def _items_named(self) -> list[str]:
        items = list(self.visitor.items)
        return items[:1] if self.visitor.habits.adds_item else items

    def _token(self) -> str:
        match self.channel:
            case "phone":
                return ""
            case "kiosk":
                return self.stage.chance.choice(self.stage.accounts.devices.kiosk)
            case "help-desk":
                return self.stage.help_desk_token

    async def _phone(self) -> LiveLink:
        topic = f"ticket/{self.ticket}"

        def heard(update: Update, state: Any) -> None:
            self.stage.witness.check_order(topic, update.version)
            stage, *_ = state
            window, call = state[4], state[5]
            if stage == CALLED_STAGE and call and window:
                self.hear(call, window)

        link = LiveLink(self.stage.link, self.stage.time, heard)
        link.start()
        await link.follow(topic, self.secret)
        return link

    # His wishes.

    async def _change(self, wish: Change) -> bool:
        """Ask for a change of the own ticket; it may be too late for it."""
        stage, after = self.stage, self.stage.witness.latest
        asked_at = stage.time.now()
        path = f"/api/tickets/{self.ticket}/{wish}"
        reply = await stage.api.post(path, self.secret, expected=TOO_LATE)
        if not reply.is_ok:
            return False
        stage.see(
            DONE[wish],
            reply,
            ticket=self.ticket,
            number=self.number,
            after=after,
            asked_at=asked_at,
        )
        return True

    async def _lose_patience(self) -> None:
        if self.visitor.habits.gives_back and await self._change("cancel"):
            self.stage.counts.cancelled += 1

    async def _pause_once(self) -> None:
        if not self.visitor.habits.pauses or self.people_ahead < PAUSES_FROM_AHEAD:
            return
        await self.stage.time.sleep(PAUSES_AFTER_SECONDS)
        if self._heard or not await self._change("pause"):
            return
        self.stage.counts.pauses += 1
        await self.stage.time.sleep(PAUSES_FOR_SECONDS)
        if not self.is_gone:
            await self._change("resume")

    async def _evaluate(self, word: Word) -> None:
        grade, habits = self.visitor.grade, self.visitor.habits
        if grade is None or not word.service or habits.outcome == "left":
            return
        by_phone = habits.rates_by_phone
        wish = Wish(word.window, word.service, grade, self.secret, by_phone)
        await self.stage.rating.rate(wish)
