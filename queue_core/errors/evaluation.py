"""Refusals of an evaluation, and of a command id used twice."""

from __future__ import annotations

from dataclasses import dataclass

from .tree import Refused


# Evaluation.


@dataclass(eq=False)
class ServiceUnknown(Refused):
    """There is no such service."""

    service: str
    code = "service-unknown"
    sentence = "there is no service {service}"


@dataclass(eq=False)
class ServiceNotFinished(Refused):
    """Only a finished service can be evaluated."""

    service: str
    code = "service-not-finished"
    sentence = "service {service} is not finished"


@dataclass(eq=False)
class AlreadyEvaluated(Refused):
    """A service is evaluated once."""

    service: str
    code = "already-evaluated"
    sentence = "service {service} has been evaluated"


@dataclass(eq=False)
class GroundMissing(Refused):
    """A low grade needs an indicator or a text."""

    grade: str
    code = "ground-missing"
    sentence = "grade {grade} needs an indicator or a few words"


@dataclass(eq=False)
class IndicatorUnknown(Refused):
    """The indicator does not belong to the grade."""

    indicator: str
    grade: str
    code = "indicator-unknown"
    sentence = "indicator {indicator} does not belong to grade {grade}"


# Idempotence.


@dataclass(eq=False)
class CommandIdReused(Refused):
    """The idempotency key has been used for another command."""

    command_id: str
    code = "idempotency-key-reused"
    sentence = "the idempotency key {command_id} belongs to another command"
