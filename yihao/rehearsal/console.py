"""A clerk's console: what it shows, and the buttons that can be pressed."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from displays.link.client import Update

from .accounts import Person
from .hall_api import Reply
from .live_link import LiveLink
from .sign_ins import SignIns
from .stage import Stage
from .witness import What


DUTY, CURRENT, HELD, WAITING, PARKED, OPEN_WINDOWS = 0, 3, 4, 5, 6, 7
"""Places in the state of a console's topic."""
OFFERED = 7
"""The change that offers an arriving ticket to this window."""

AFTER_THE_DAY = frozenset({"day-ended", "not-signed-in"})
"""What a button answers once the day has closed: a clerk's session ends with it. One
that ends earlier is told by the link, which then ends too."""

CLOSED_DUTY, PAUSED_DUTY = 0, 2
BUTTONS: dict[str, What] = {
    "open": "window-opened",
    "close": "window-closed",
    "recall": "recalled",
    "no-show": "missed",
    "start": "started",
    "hold": "held",
    "resume-ticket": "taken-up",
    "transfer": "transferred",
    "complete": "completed",
}
"""Which buttons the referee must know of. Calls are told apart by their answer."""


class Console:
    """One window's console, as its clerk sees it."""

    def __init__(self, stage: Stage, person: Person) -> None:
        self.stage, self.person, self.window = stage, person, person.window
        self.token = ""
        self.is_offered = False
        self.topic = f"console/{stage.name}/{self.window}"
        self.link: LiveLink | None = None

    async def switch_on(self, sign_ins: SignIns) -> None:
        """Sign the clerk in and look at the console.

        Raises:
            ServerGone: the account may not sign in.
        """
        self.token = await sign_ins.token(self.person)
        link = LiveLink(self.stage.link, self.stage.time, self._heard, self.token)
        self.link = link
        link.start()
        await link.follow(self.topic)
        while link.state(self.topic) is None:
            await self.wait(None)

    async def switch_off(self) -> None:
        """Look at the console no longer."""
        if self.link:
            await self.link.close()

    # What it shows.

    @property
    def state(self) -> list[Any]:
        """Return the console's state as last heard."""
        state = self.link.state(self.topic) if self.link else None
        return list(state or [0, None, None, None, [], [], [], []])

    async def wait(self, until: int | None) -> None:
        """Wait for a change, or for an instant of the hall.

        Raises:
            Exception: the link has ended for good.
        """
        if self.link is None:
            return
        await self.link.wait(until)
        if failure := self.link.failure():
            raise failure

    def _heard(self, update: Update, state: Any) -> None:
        self.stage.witness.see_console(update, state)
        if any(change[0] == OFFERED for change in update.changes or ()):
            self.is_offered = True

    # Its buttons.

    async def press(
        self,
        button: str,
        body: dict[str, Any] | None = None,
        *,
        expected: Collection[str] = (),
        **seen: Any,
    ) -> Reply:
        """Press a button; what it did is noted with the ``seen`` values."""
        stage = self.stage
        asked_at = stage.time.now()
        path = f"{stage.path}/windows/{self.window}/{button}"
        expected = {*expected, *AFTER_THE_DAY}
        reply = await stage.api.post(path, self.token, body, expected=expected)
        if reply.is_ok:
            source = f"answers to window {self.window}"
            stage.witness.check_order(source, reply.version)
        if reply.is_ok and button in BUTTONS:
            seen |= {"window": self.window, "asked_at": asked_at}
            stage.see(BUTTONS[button], reply, **seen)
        return reply

    async def call_next(self) -> dict[str, Any] | None:
        """Call who is next; return the ticket, with its call, or None."""
        self.is_offered = False
        asked_at = self.stage.time.now()
        reply = await self.press("call-next", expected={"window-paused"})
        if not reply.is_ok:
            return None
        ticket: dict[str, Any] | None = reply.body["ticket"]
        if ticket is None:
            self.stage.see("nobody", reply, window=self.window, asked_at=asked_at)
            return None
        self.stage.counts.calls += 1
        self.stage.see(
            "called",
            reply,
            version=reply.body["call"],
            ticket=ticket["ticket"],
            number=ticket["number"],
            queue=ticket["queue"],
            window=self.window,
            asked_at=asked_at,
        )
        return ticket
