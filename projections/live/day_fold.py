"""What the events of the day itself, and evaluations, change in the live picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

from queue_core.values import BAD_GRADES

from . import moves


if TYPE_CHECKING:
    from projections.live_hall import LiveHall
    from queue_core import events as e

    from .effects import Effects


def day_opened(live: LiveHall, event: e.DayOpened, effects: Effects) -> None:
    """The day began under these rules."""
    live.date = event.date
    live.hours = event.hours
    live.day_state = 1
    live.set_rules(event.rules)
    effects.day = effects.rules = True


def rules_adopted(live: LiveHall, event: e.RulesAdopted, effects: Effects) -> None:
    """The hall's zones, windows and queues may be others from now on."""
    live.set_rules(event.rules)
    effects.rules = True


def day_closed(live: LiveHall, event: e.DayClosed, effects: Effects) -> None:
    """The day is over."""
    live.day_state = 2
    live.closed_at = event.at
    effects.day = True


def evaluation_given(
    live: LiveHall, event: e.EvaluationGiven, effects: Effects
) -> None:
    """A service of this day was evaluated. Told twice, it counts once."""
    service = live.services.get(event.service) or live.reopened.get(event.service)
    if service is None or service.evaluated:
        return
    service.grade = event.grade
    live.figures.evaluations += 1
    if event.grade in BAD_GRADES:
        live.figures.bad_evaluations += 1
    effects.figures = True
    effects.tickets.append(live.tickets[service.ticket])
    if live.windows[service.window].evaluable is service:
        moves.offer_evaluation(live, service.window, None, effects)
