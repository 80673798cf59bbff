"""One evaluation of a finished service: given, when, then."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from queue_core.commands import GiveEvaluation
from queue_core.errors import (
    AlreadyEvaluated,
    GroundMissing,
    IndicatorUnknown,
    ParseError,
    ServiceNotFinished,
    ServiceUnknown,
    YihaoError,
)
from queue_core.events import EvaluationGiven
from queue_core.rules.evaluation import Evaluation, ServiceFact, decide, evolve
from queue_core.rules.indicators import INDICATORS
from queue_core.values import BAD_GRADES, Grade


AT = 1_793_581_200_000
FINISHED = ServiceFact(
    service="t1.1",
    hall="city",
    date="2026-11-02",
    ticket="t1",
    number="A012",
    window="3",
    clerk="li",
    version=1834,
    finished=True,
)
STARTED = msgspec.structs.replace(FINISHED, finished=False)
GRADES: list[Grade] = [
    "very-satisfied",
    "satisfied",
    "basically-satisfied",
    "dissatisfied",
    "very-dissatisfied",
]


def evaluation(**values: Any) -> GiveEvaluation:
    """Return a citizen's evaluation, ``satisfied`` unless said otherwise."""
    said = {"grade": "satisfied", "channel": "phone", **values}
    return GiveEvaluation(
        command_id="citizen:k1", at=AT, by="citizen", service="t1.1", **said
    )


class Given:
    """A service, and perhaps its evaluation."""

    def __init__(self, service: ServiceFact | None, *before: GiveEvaluation) -> None:
        self.service = service
        self.state = Evaluation()
        for command in before:
            for event in decide(self.state, command, service):
                evolve(self.state, event)

    def then(self, command: GiveEvaluation) -> EvaluationGiven:
        """Expect one evaluation and return it."""
        (event,) = decide(self.state, command, self.service)
        assert isinstance(event, EvaluationGiven)
        return event

    def then_refused(self, command: GiveEvaluation, error: type[YihaoError]) -> None:
        """Expect that the command is refused."""
        with pytest.raises(error):
            decide(self.state, command, self.service)


def test_a_finished_service_is_evaluated_with_all_that_an_inspector_asks() -> None:
    command = evaluation(indicators=["413", "411"], text="  很快  ")

    event = Given(FINISHED).then(command)

    assert event == EvaluationGiven(
        at=AT,
        by="citizen",
        command_id="citizen:k1",
        service="t1.1",
        hall="city",
        date="2026-11-02",
        ticket="t1",
        number="A012",
        window="3",
        clerk="li",
        grade="satisfied",
        indicators=["413", "411"],
        text="很快",
        channel="phone",
        hall_version=1834,
    )


@pytest.mark.parametrize("grade", [g for g in GRADES if g not in BAD_GRADES])
def test_a_good_grade_needs_no_reason(grade: Grade) -> None:
    assert Given(FINISHED).then(evaluation(grade=grade)).grade == grade


@pytest.mark.parametrize("grade", sorted(BAD_GRADES))
def test_a_bad_grade_needs_an_indicator_or_a_text(grade: Grade) -> None:
    code = next(i.code for i in INDICATORS.values() if i.grade == grade)
    service = Given(FINISHED)

    service.then_refused(evaluation(grade=grade), GroundMissing)
    service.then_refused(evaluation(grade=grade, text=" \n　"), GroundMissing)

    assert service.then(evaluation(grade=grade, indicators=[code])).indicators == [code]
    assert service.then(evaluation(grade=grade, text="态度差")).text == "态度差"


def test_a_service_is_evaluated_once() -> None:
    service = Given(FINISHED, evaluation())

    service.then_refused(evaluation(grade="very-satisfied"), AlreadyEvaluated)


def test_a_service_that_goes_on_cannot_be_evaluated() -> None:
    Given(STARTED).then_refused(evaluation(), ServiceNotFinished)


def test_a_ticket_that_was_missed_or_never_served_cannot_be_evaluated() -> None:
    Given(None).then_refused(evaluation(), ServiceUnknown)


@pytest.mark.parametrize("grade", GRADES)
def test_an_indicator_of_another_grade_is_refused(grade: Grade) -> None:
    for indicator in INDICATORS.values():
        command = evaluation(grade=grade, indicators=[indicator.code])
        if indicator.grade == grade:
            Given(FINISHED).then(command)
        else:
            Given(FINISHED).then_refused(command, IndicatorUnknown)


def test_an_indicator_that_is_not_in_the_table_is_refused() -> None:
    command = evaluation(indicators=["413", "999"])

    with pytest.raises(IndicatorUnknown) as refusal:
        decide(Evaluation(), command, FINISHED)

    assert refusal.value.details() == {"indicator": "999", "grade": "satisfied"}


def test_an_indicator_that_was_ticked_twice_counts_once() -> None:
    event = Given(FINISHED).then(evaluation(indicators=["413", "411", "413"]))

    assert event.indicators == ["413", "411"]


def test_a_text_has_at_most_500_characters() -> None:
    service = Given(FINISHED)

    assert service.then(evaluation(text="好" * 500)).text == "好" * 500
    with pytest.raises(ParseError) as refusal:
        decide(service.state, evaluation(text="好" * 501), FINISHED)
    assert refusal.value.field == "text"


def test_the_state_knows_which_command_gave_the_evaluation() -> None:
    service = Given(FINISHED, evaluation())

    assert service.state.version == 1
    assert service.state.answered == {"citizen:k1": (1, 1)}
