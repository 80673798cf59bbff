"""Every refusal of the house has a status, and the statuses mean what they say."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator

import queue_core
from queue_core.errors import Refused
from queue_core.interface.statuses import STATUSES


MEANT = {400, 401, 403, 404, 405, 409, 410, 413, 415, 422, 429, 503}


def refusals(root: type[Refused] = Refused) -> Iterator[type[Refused]]:
    """Yield every class of refusal in ``queue_core``."""
    for kind in root.__subclasses__():
        yield kind
        yield from refusals(kind)


def test_every_refusal_has_exactly_one_status() -> None:
    for module in pkgutil.walk_packages(queue_core.__path__, "queue_core."):
        importlib.import_module(module.name)

    own = {kind for kind in refusals() if kind.__module__.startswith("queue_core.")}

    assert own == set(STATUSES)


def test_every_status_is_one_that_the_interface_speaks() -> None:
    assert set(STATUSES.values()) <= MEANT


def test_codes_are_unique_and_speak_plainly() -> None:
    codes = [kind.code for kind in STATUSES]

    assert len(codes) == len(set(codes))
    assert all(code == code.lower() and " " not in code for code in codes)
