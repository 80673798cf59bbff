"""Whether what desks answered is what the log says, event for event."""

from __future__ import annotations

from typing import NamedTuple

from queue_core.commands import Command, HallDayCommand
from queue_core.desk import Answer
from queue_core.errors import LogError, Refused
from queue_core.log.event_log import Recorded
from yihao.soak.truth import Reply, require_recorded, require_true

from .hall import Hall


class Outcome(NamedTuple):
    """What came of a command, and how far the log went before and after."""

    command: Command
    said: Answer | Refused | LogError
    before: int
    after: int


async def outcome_of(hall: Hall, command: Command) -> Outcome:
    """Give a command and keep what came of it."""
    before = hall.log.last_position()
    said: Answer | Refused | LogError
    try:
        said = await hall.desk.submit(command)
    except (Refused, LogError) as error:
        said = error
    return Outcome(command, said, before, hall.log.last_position())


def require_outcomes(outcomes: list[Outcome], recorded: list[Recorded]) -> None:
    """Check every answer and every refusal against the log.

    Whether a command was recorded whose log failed shows only when it is repeated, and
    commands beside the day are decided by what is no day's.
    """
    answers = [one.said for one in outcomes if isinstance(one.said, Answer)]
    require_recorded(answers, recorded)
    require_true(
        [
            Reply(
                one.command,
                one.said.code if isinstance(one.said, Refused) else "",
                one.before,
                one.after,
            )
            for one in outcomes
            if isinstance(one.command, HallDayCommand) and causes_nothing(one.said)
        ],
        "city",
        recorded,
    )


def causes_nothing(said: Answer | Refused | LogError) -> bool:
    """Tell whether something is a reply to a command that caused nothing."""
    return isinstance(said, Refused) or (isinstance(said, Answer) and not said.events)
