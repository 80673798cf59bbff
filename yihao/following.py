"""Who may follow what on the live link, and who may no longer.

The link asks in its own thread; the stores of accounts belong to the house's loop, so
every question goes there and back.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

from displays.link.access import Credentials
from displays.link.protocol import Refusal
from projections.halls import Hall
from projections.topics.names import Topic
from queue_core.access import roles
from queue_core.access.tokens import DEVICE_PREFIX
from queue_core.interface.auditing import Auditor, trespass
from queue_core.interface.principals import ANYONE, Principal

from .recognising import Recognition


NOT_SIGNED_IN = Refusal("not-signed-in", "sign in first, or send a token or secret")
NOT_ALLOWED = Refusal("not-allowed", "this is not for you")

TOKENS_LIMIT = 10_000


class Following:
    """Decides about topics, and remembers the tokens it has let in."""

    def __init__(
        self, recognition: Recognition, halls: Mapping[str, Hall], auditor: Auditor
    ) -> None:
        """Belong to the loop that runs now: the house's own."""
        self._recognition = recognition
        self._auditor = auditor
        self._halls = halls
        self._loop = asyncio.get_running_loop()
        self._tokens: set[str] = set()

    def may_follow(
        self, topic: Topic, shown: Credentials
    ) -> Refusal | asyncio.Future[Refusal | None] | None:
        """Decide about a topic, in the link's loop. Boards are for everybody."""
        if topic.kind == "board":
            return None
        asked = asyncio.run_coroutine_threadsafe(self._decide(topic, shown), self._loop)
        return asyncio.wrap_future(asked)

    async def _decide(self, topic: Topic, shown: Credentials) -> Refusal | None:
        hall = self._hall_of(topic.place) if topic.kind == "ticket" else topic.hall
        if topic.kind == "ticket" and shown.secret:
            holder = self._recognition.citizen(shown.secret, topic.place)
            return None if holder else self._refused(NOT_SIGNED_IN, topic, hall, shown)
        principal = await self._known(shown)
        if principal is None:
            return self._refused(NOT_SIGNED_IN, topic, hall, shown)
        if may_see(topic, principal, hall):
            return None
        return self._refused(NOT_ALLOWED, topic, hall, shown, principal)

    def _refused(
        self,
        refusal: Refusal,
        topic: Topic,
        hall: str,
        shown: Credentials,
        principal: Principal = ANYONE,
    ) -> Refusal:
        """Let the audit count a refusal, and return it.

        A page that nobody has signed in at shows nothing, and knocks at nothing; the
        cookie of a session that is over goes along unasked.
        """
        if principal is not ANYONE or shown.token or shown.secret:
            detail = f"follow {topic.kind}: {refusal.code}"
            at = principal.hall or hall
            self._auditor.refused(trespass(principal, at, shown.address, detail))
        return refusal

    def _hall_of(self, ticket: str) -> str:
        """Return the hall of a ticket of today; none for one that is unknown."""
        halls = self._halls.items()
        return next((name for name, hall in halls if ticket in hall.live.tickets), "")

    async def _known(self, shown: Credentials) -> Principal | None:
        token = shown.token or shown.session
        principal = await self._principal(token)
        if principal is not None and len(self._tokens) < TOKENS_LIMIT:
            self._tokens.add(token)
        return principal

    async def _principal(self, token: str) -> Principal | None:
        if token.startswith(DEVICE_PREFIX):
            return await self._recognition.device(token)
        return await self._recognition.staff(token)

    async def ended(self) -> frozenset[str]:
        """Return the tokens that were let in once and are worth nothing any more."""
        ended = frozenset(
            {
                token
                for token in sorted(self._tokens)
                if await self._principal(token) is None
            }
        )
        self._tokens -= ended
        return ended


def may_see(topic: Topic, principal: Principal, hall: str) -> bool:
    """Tell whether a member of staff or a device may follow a topic of a hall."""
    if not roles.has_right(principal.role, roles.TOPICS[topic.kind]):
        return False
    if topic.kind == "board":
        return True
    # A ticket that nobody knows is nobody's secret: the link says so itself.
    if hall and principal.hall not in {"", hall}:
        return False
    return principal.kind == "staff" or principal.place == topic.place
