"""What every window did all day: duty, pauses and the states between them."""

from __future__ import annotations

from queue_core.events import WindowClosed, WindowOpened, WindowPaused, WindowResumed

from .service_facts import Duty, Pause, Span, SpanState


class WindowFacts:
    """Duties, pauses and spans of all windows, folded from the hall-day."""

    def __init__(self) -> None:
        self.duties: list[Duty] = []
        self.pauses: list[Pause] = []
        self.spans: list[Span] = []
        self._duty_of: dict[str, Duty] = {}
        self._pause_of: dict[str, Pause] = {}
        self._span_of: dict[str, Span] = {}

    def apply(
        self,
        version: int,
        event: WindowOpened | WindowPaused | WindowResumed | WindowClosed,
    ) -> None:
        """Take in a duty event."""
        window, at = event.window, event.at
        match event:
            case WindowOpened(clerk=clerk, skills=skills, extended=extended):
                duty = Duty(window, clerk, skills, extended, at, version)
                self.duties.append(duty)
                self._duty_of[window] = duty
                self.turn(window, "idle", version, at)
            case WindowPaused(clerk=clerk, reason=reason):
                pause = Pause(window, clerk, reason, at, version)
                self.pauses.append(pause)
                self._pause_of[window] = pause
                if self._state(window) == "idle":
                    self.turn(window, "paused", version, at)
            case WindowResumed():
                self._end_pause(window, version, at)
                if self._state(window) == "paused":
                    self.turn(window, "idle", version, at)
            case WindowClosed():
                self._end_pause(window, version, at)
                self.turn(window, None, version, at)
                if done := self._duty_of.pop(window, None):
                    done.closed_at, done.closed_version = at, version

    def turn(
        self,
        window: str,
        state: SpanState | None,
        version: int,
        at: int,
        number: str = "",
    ) -> None:
        """End the window's span and begin one of another state (None: off duty)."""
        if span := self._span_of.pop(window, None):
            span.until_at, span.until_version = max(at, span.since_at), version
        duty = self._duty_of.get(window)
        if state and duty:
            new = Span(window, state, duty, at, version, number)
            self._span_of[window] = new
            self.spans.append(new)

    def free(self, window: str, version: int, at: int) -> None:
        """Record that nobody is at the window any more."""
        self.turn(window, "paused" if window in self._pause_of else "idle", version, at)

    def number_at(self, window: str) -> str:
        """Return the number at the window; empty if there is none."""
        span = self._span_of.get(window)
        return span.number if span else ""

    def seal(self, version: int, at: int) -> None:
        """Cut what is still going on at the end of the stream."""
        for window in list(self._span_of):
            self.turn(window, None, version, at)
        for pause in self._pause_of.values():
            pause.until_at = at

    def _state(self, window: str) -> SpanState | None:
        span = self._span_of.get(window)
        return span.state if span else None

    def _end_pause(self, window: str, version: int, at: int) -> None:
        if pause := self._pause_of.pop(window, None):
            pause.until_at, pause.until_version = at, version
