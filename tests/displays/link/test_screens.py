"""Who looks after the screens is told which are stale, and which have gone."""

from __future__ import annotations

from typing import cast

from displays.link.channel import Channel, Reader
from displays.link.halls import LinkedHall
from displays.link.screens import MISSED_SECONDS, SILENT_SECONDS, Screens
from projections.topics.names import Topic


BOARD = Topic("board", "city")


class Wall:
    """A hall's board topic, its screens and a clock that a test moves."""

    def __init__(self) -> None:
        self.now = 0.0
        self.screens = Screens(lambda: self.now)
        self.channel = Channel(LinkedHall("city", "0000"), BOARD, "e", 7)

    def reports(self, name: str, seq: int = 7) -> None:
        """Let a screen report what it has drawn."""
        self.screens.note(cast("Reader", name), self.channel, "e", seq)

    def goes(self, name: str) -> None:
        """Let a screen go."""
        self.screens.forget(cast("Reader", name), BOARD)

    def seen(self) -> tuple[int, int, int]:
        """Return how many there are, are stale and are missing."""
        (one,) = self.screens.watched("city")
        return (one.screens, one.stale, one.missing)


def test_screens_that_draw_the_newest_are_well() -> None:
    wall = Wall()
    wall.reports("east")
    wall.reports("west")

    assert wall.seen() == (2, 0, 0)
    assert wall.screens.watched("town") == []


def test_a_screen_that_does_not_report_any_longer_is_stale() -> None:
    wall = Wall()
    wall.reports("east")
    wall.now = SILENT_SECONDS - 1
    assert wall.seen() == (1, 0, 0)

    wall.now = SILENT_SECONDS + 5

    assert wall.seen() == (1, 1, 0)
    assert wall.screens.watched("city")[0].stale_seconds == SILENT_SECONDS + 5


def test_a_screen_that_goes_on_drawing_an_old_picture_is_stale() -> None:
    wall = Wall()
    for second in range(0, 25, 5):
        wall.now = second
        wall.reports("frozen", seq=3)
        wall.reports("well", seq=7 if second % 10 else 6)

    assert wall.seen() == (2, 1, 0)
    wall.reports("frozen")
    assert wall.seen() == (2, 0, 0)


def test_a_screen_that_went_is_missing_until_one_comes_or_it_was_meant() -> None:
    wall = Wall()
    wall.reports("east")
    wall.reports("west")
    wall.goes("west")
    wall.now = 60
    wall.reports("east")
    assert wall.seen() == (1, 0, 1)
    assert wall.screens.watched("city")[0].missing_seconds == 60

    wall.reports("west again")
    assert wall.seen() == (2, 0, 0)

    wall.goes("east")
    wall.now += MISSED_SECONDS
    wall.reports("west again")
    assert wall.seen() == (1, 0, 0)


def test_the_last_screen_of_a_topic_is_missed_too_and_then_forgotten() -> None:
    wall = Wall()
    wall.reports("only")
    wall.goes("only")

    assert wall.seen() == (0, 0, 1)

    wall.now = MISSED_SECONDS

    assert wall.screens.watched("city") == []
