"""The evaluation pads at the windows, and the grades citizens give."""

from __future__ import annotations

import asyncio
from typing import Any

from displays.link.client import Update
from queue_core.values import BAD_GRADES

from .live_link import LiveLink
from .stage import Stage, Wish


THINKS_SECONDS = (3.0, 8.0)
OFFERED_WITHIN_SECONDS = 2.0
"""Real seconds within which a pad asks about the service that just ended."""
STAGE, EVALUABLE = 5, 7
"""Places in the state of a window's topic."""
SERVING_STAGE = 2
COMPLAINTS = ("等候时间太长", "材料要求前后说法不一致", "希望窗口再耐心一些")
TOO_LATE = frozenset({"already-evaluated"})


class Pads:
    """Every pad of the hall, each on the live link with its own token."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.links: dict[str, LiveLink] = {}
        self.tokens = dict(stage.accounts.devices.pad)

    async def start(self, windows: list[str]) -> None:
        """Put the pads of the given windows up."""
        for window in windows:
            if token := self.tokens.get(window):
                link = LiveLink(self.stage.link, self.stage.time, self._heard, token)
                link.start()
                await link.follow(self._topic(window))
                self.links[window] = link

    async def close(self) -> None:
        """Take the pads down."""
        await asyncio.gather(*(link.close() for link in self.links.values()))
        self.links.clear()

    async def rate(self, wish: Wish) -> None:
        """Give a grade at the pad while it asks for it, or with the ticket's secret."""
        await self.stage.time.sleep(self.stage.chance.uniform(*THINKS_SECONDS))
        at_pad = not wish.by_phone and await self._offers(wish.window, wish.service)
        grade = wish.grade
        body: dict[str, Any] = {"grade": grade, "channel": "pad" if at_pad else "phone"}
        if grade in BAD_GRADES:
            body |= self._grounds(grade)
        reply = await self.stage.api.post(
            f"/api/services/{wish.service}/evaluation",
            self.tokens[wish.window] if at_pad else wish.secret,
            body,
            expected=TOO_LATE,
        )
        if reply.is_ok:
            counts = self.stage.counts
            counts.evaluations += 1
            counts.pad_evaluations += at_pad
            counts.bad_evaluations += grade in BAD_GRADES

    def _grounds(self, grade: str) -> dict[str, Any]:
        known = self.stage.hall["indicators"].get(grade, [])
        codes = [indicator["code"] for indicator in known]
        chosen = self.stage.chance.sample(codes, min(2, len(codes)))
        return {"indicators": chosen, "text": self.stage.chance.choice(COMPLAINTS)}

    async def _offers(self, window: str, service: str) -> bool:
        """Wait for the pad to ask about the service; False if it has moved on."""
        link = self.links.get(window)
        if link is None:
            return False
        try:
            async with asyncio.timeout(OFFERED_WITHIN_SECONDS):
                while self._offered(link, window) != service:
                    if self._is_serving(link, window):
                        return False
                    await link.wait()
        except TimeoutError:
            return False
        return True

    def _offered(self, link: LiveLink, window: str) -> str:
        state = link.state(self._topic(window))
        return str(state[EVALUABLE][0]) if state and state[EVALUABLE] else ""

    def _is_serving(self, link: LiveLink, window: str) -> bool:
        state = link.state(self._topic(window))
        return bool(state) and state[STAGE] == SERVING_STAGE

    def _topic(self, window: str) -> str:
        return f"window/{self.stage.name}/{window}"

    def _heard(self, update: Update, state: Any) -> None:
        self.stage.witness.check_order(f"{update.topic} pad", update.version)
