"""The signed head of a day that is over, made from the log. Every function blocks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from queue_core.commands import SealDay
from queue_core.events import DayClosed
from queue_core.events_of_proof import DaySealed
from queue_core.log.event_log import EventLog
from queue_core.log.streams import (
    audited,
    date_of,
    hall_day_prefix,
    is_beside,
    proof_stream,
)
from queue_core.log.witness import leaves_of
from queue_core.proof.heads import DayHead, key_id, seal_of
from queue_core.proof.merkle import MerkleTree
from queue_core.proof.signing import Signer


PAGE = 1_000


class Beside(NamedTuple):
    """What stands beside the days of a hall since the last signed head."""

    upto: int
    """The last position that was looked at."""
    tree: MerkleTree
    """The events of the hall."""
    audit: MerkleTree
    """What was noted about the hall and about the house."""


def next_seal(
    log: EventLog, hall: str, signer: Signer, *, at: int, by: str
) -> SealDay | None:
    """Return the command that seals the hall's first day that is over and is not.

    None: there is no such day.

    Raises:
        LogError: the log cannot be read.
    """
    last = last_seal(log, hall)
    after = last.date if last else ""
    for stream in log.streams(hall_day_prefix(hall)):
        if date_of(stream) > after and is_closed(log, stream):
            return seal_command(log, hall, stream, last, signer, at=at, by=by)
    return None


def last_seal(log: EventLog, hall: str) -> DaySealed | None:
    """Return the last link of a hall's chain; None if nothing was ever sealed.

    Raises:
        LogError: the log cannot be read.
    """
    stream = proof_stream(hall)
    version = log.last_version(stream)
    return next(iter(seals(log, hall, after=version - 1)), None) if version else None


def seals(log: EventLog, hall: str, after: int = 0) -> Iterator[DaySealed]:
    """Yield the links of a hall's chain after a version.

    Raises:
        LogError: the log cannot be read.
    """
    for recorded in log.read(proof_stream(hall), after):
        if isinstance(recorded.event, DaySealed):
            yield recorded.event


def is_closed(log: EventLog, stream: str) -> bool:
    """Tell whether a day is over."""
    version = log.last_version(stream)
    return any(isinstance(r.event, DayClosed) for r in log.read(stream, version - 1))


def seal_command(
    log: EventLog,
    hall: str,
    stream: str,
    last: DaySealed | None,
    signer: Signer,
    *,
    at: int,
    by: str,
) -> SealDay:
    """Return the command that seals one day after the last that was sealed."""
    day = MerkleTree(leaves_of(log.stored(stream)))
    beside = read_beside(log, hall, last)
    head = DayHead(
        hall=hall,
        date=date_of(stream),
        size=len(day),
        root=day.root().hex(),
        beside_upto=beside.upto,
        beside_size=len(beside.tree),
        beside_root=beside.tree.root().hex(),
        previous=last.seal.head if last else "",
        at=at,
        algorithm=signer.algorithm,
        key=key_id(signer.public_key),
        audit_size=len(beside.audit),
        audit_root=beside.audit.root().hex(),
    )
    # Two processes that seal the same day give the same command.
    return SealDay(
        command_id=f"{by}/{hall}/{head.date}/seal",
        at=at,
        by=by,
        hall=hall,
        date=head.date,
        seal=seal_of(head, signer.public_key, signer.sign(head.text())),
    )


def read_beside(log: EventLog, hall: str, last: DaySealed | None) -> Beside:
    """Return what stands beside a hall's days after the last head, up to now.

    Raises:
        LogError: the log cannot be read.
    """
    signed_upto = last.seal.beside_upto if last else 0
    tree, audit = MerkleTree(), MerkleTree()
    # No head of format 1 says anything of the audit: the next one begins with it.
    after, more = signed_upto if last and last.seal.audit_root else 0, True
    while more:
        page = log.read_hall(hall, after, PAGE, audit=True)
        for recorded, leaf in zip(page.recorded, page.leaves, strict=True):
            if audited(recorded.stream):
                audit.append(leaf)
            elif is_beside(recorded.stream) and recorded.position > signed_upto:
                tree.append(leaf)
        after, more = page.upto, page.more
    return Beside(after, tree, audit)
