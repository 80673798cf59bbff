"""``yihao erase``: a person erased, held or released, while servers go on.

It is done in the store of persons at once. The record says so as soon as a server of
the hall has looked, within a minute: only servers write in it.
"""

from __future__ import annotations

import argparse
import getpass
import sys

from projections.persons_shown import subject_recorded
from queue_core.clock import wall_clock
from queue_core.errors import ParseError
from queue_core.log.streams import profile_stream
from queue_core.persons.persons import ASKED, Cause, Persons
from queue_core.persons.redaction import looks_personal

from .settings import Settings
from .stores import keeper_of, open_persons, read_log, settings_of


DAYS = 400
"""So many recorded days are searched for a ticket."""

BY = "command-line"
"""By whom it is done, in the record."""


def erase(options: argparse.Namespace) -> int:
    """Erase, hold or release a person."""
    if looks_personal(options.hold):
        raise ParseError("no number or phone stands in a record", "hold")
    settings = settings_of(options)
    persons = open_persons(settings, keeper_of(settings))
    try:
        subjects = subjects_of(options, settings, persons)
        if not subjects:
            require_recorded(options.hall, settings)
        if options.hold or options.release:
            cause = Cause(wall_clock(), BY, options.hold)
            changed = persons.hold(options.hall, subjects, cause)
            done = "held" if options.hold else "released"
        else:
            cause = Cause(wall_clock(), BY, ASKED)
            changed = persons.erase(options.hall, subjects, cause)
            persons.scrub_what_is_due()
            done = "erased"
    finally:
        persons.close()
    plural = "" if len(changed) == 1 else "s"
    print(f"{len(changed)} person{plural} {done}; recorded within a minute of serving")
    return 0


def require_recorded(hall: str, settings: Settings) -> None:
    """Pass if a hall has worked here: a wrong name must not pass for a good answer.

    Raises:
        ParseError: The record has no such hall.
        LogError: The record cannot be read.
    """
    log = read_log(settings)
    try:
        known = log.last_version(profile_stream(hall))
    except ValueError:
        known = 0
    finally:
        log.close()
    if not known:
        raise ParseError(f"the record has no hall {hall!r}", "hall")


def subjects_of(
    options: argparse.Namespace, settings: Settings, persons: Persons
) -> list[str]:
    """Return the subject keys that are meant."""
    if options.subject:
        return persons.find(options.hall, asked_for())
    wish = persons.reminder(options.ticket)
    found = [wish.subject] if wish and wish.hall == options.hall else []
    log = read_log(settings)
    try:
        subject = subject_recorded(log, options.hall, options.ticket, DAYS)
    finally:
        log.close()
    return [*found, *([subject] if subject else [])]


def asked_for() -> str:
    """Return an identifier that is typed unseen, or comes by standard input."""
    if sys.stdin.isatty():
        return getpass.getpass("identity number or mobile phone: ")
    return sys.stdin.readline().strip()
