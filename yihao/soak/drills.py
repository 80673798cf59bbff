"""All drills by name, and the stores on which each can be run."""

from __future__ import annotations

import random
from collections.abc import Callable, Coroutine
from typing import Any, NamedTuple

from .clocks import clock
from .cuts import cut
from .damage import damage
from .doubles import double
from .figures import Figures
from .full_disk import full
from .ground import Ground
from .hostile.drill import hostile
from .kill import kill
from .outages import freeze, outage, switch
from .race import race
from .slowness import slow


SQLITE, POSTGRESQL = "SQLite", "PostgreSQL"


class Drill(NamedTuple):
    """A fault, and what must hold in spite of it."""

    run: Callable[[Ground, random.Random], Coroutine[Any, Any, Figures]]
    stores: tuple[str, ...] = (SQLITE, POSTGRESQL)
    stops_the_server: bool = False
    """It needs a PostgreSQL of our own."""


DRILLS = {
    "kill": Drill(kill),
    "race": Drill(race, (POSTGRESQL,)),
    "outage": Drill(outage, (POSTGRESQL,), stops_the_server=True),
    "freeze": Drill(freeze, (POSTGRESQL,), stops_the_server=True),
    "switch": Drill(switch, (POSTGRESQL,), stops_the_server=True),
    "cut": Drill(cut, (POSTGRESQL,)),
    "slow": Drill(slow),
    "full": Drill(full, stops_the_server=True),
    "clock": Drill(clock),
    "double": Drill(double, (SQLITE,)),
    "damage": Drill(damage),
    "hostile": Drill(hostile, (SQLITE,)),
}
