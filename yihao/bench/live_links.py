"""The link's connections: what one keeps, many at once, one that stalls, and sizes."""

from __future__ import annotations

import socket
import time

from .live_sockets import HELLO_MESSAGE, REQUEST, subscription
from .live_stage import Stage, within_files
from .plan import Run
from .rows import Goal, Row, compared, measured


MEMORY_GOAL = Goal("figure", "at most", 16)
RECONNECTS_GOAL = Goal("figure", "at most", 1.5)
BUFFER_GOAL = Goal("figure", "at most", 64)
GONE_GOAL = Goal("figure", "at most", 10)
SIZE_GOAL = Goal("figure", "at most", 64)

KIB = 1024
HEADER = 2
"""Bytes of a WebSocket message before a short frame."""
STALLED_TICKETS = 200
"""Followed by the reader that stalls: together they fill every buffer."""
MOST_CALLS = 200
LOOKS_SECONDS = 0.05

WAITING = MOST_CALLS + STALLED_TICKETS + 2
"""How many these measures call, or only follow, in one line."""


def memory(run: Run, stage: Stage) -> Row:
    """Measure what a phone that follows its ticket keeps in the server."""
    count = within_files(run, stage, run.sizes.live_phones)
    before = stage.hall.used().resident_bytes
    stage.follow(stage.many, [f"ticket/{ticket}" for ticket in stage.tickets[:count]])
    kept = (stage.hall.used().resident_bytes - before) / count / KIB
    stage.clear()
    return measured(
        "live",
        f"memory of one of {count:,} connections",
        [kept],
        "KiB",
        goal=MEMORY_GOAL,
        note="each follows a ticket of its own; the kernel's buffers are not in it",
    )


def reconnects(run: Run, stage: Stage) -> Row:
    """Let many phones connect at once, again and again."""
    count = run.sizes.live_reconnects
    topics = [f"ticket/{ticket}" for ticket in stage.tickets[:count]]
    pairs = []
    for _ in range(run.sizes.rounds):
        own = stage.follow(stage.many, topics)
        raw = stage.listen(count)
        stage.clear()
        pairs.append((own, raw))
    return compared(
        "live",
        f"{count:,} reconnects at once, all with a snapshot",
        pairs,
        "s",
        "raw: accept, and send as many bytes",
        goal=RECONNECTS_GOAL,
        note="handshake, hello, subscription, and a snapshot of its own for each",
    )


def sizes(stage: Stage) -> list[Row]:
    """Measure the frames of a visit, on a board and on a phone that moves up."""
    board, phone = stage.few, stage.many
    stage.follow(board, ["board/city"])
    stage.follow(phone, [f"ticket/{stage.tickets[-1]}"])
    for screen in (board, phone):
        screen.ask("mark", frames=1)
    stage.hall.ask("call")
    called, ahead = (screen.ask("wait")["bytes"] - HEADER for screen in (board, phone))
    board.ask("mark", frames=2)
    stage.hall.ask("serve")
    served = board.ask("wait")["bytes"] - 2 * HEADER
    stage.clear()
    found = {
        "people ahead, on a phone": ahead,
        "called, here, off the board: mean": (called + served) / 3,
        "called, with who waits now in the zone": called,
    }
    return [
        measured("live", f"delta: {name}", [size], "bytes", goal=SIZE_GOAL)
        for name, size in found.items()
    ]


# A reader that stalls.


def stalled(run: Run, stage: Stage) -> list[Row]:
    """Call while a reader that follows much reads nothing."""
    stall = run.sizes.live_stall_seconds
    reader = open_stalled(stage)
    fullest, calls = 0, 0
    while not (seen := stage.hall.ask("buffers"))["paused"]:
        if calls == MOST_CALLS:
            raise TimeoutError(f"{calls} calls do not fill the buffers of a reader")
        stage.hall.ask("call")
        stage.hall.ask("serve")
        calls += 1
        # Phones are not told more often: each call is to be a frame for each ticket.
        time.sleep(LOOKS_SECONDS)
    began = time.monotonic()
    while seen["connections"]:
        fullest = max(fullest, seen["fullest"])
        time.sleep(LOOKS_SECONDS)
        seen = stage.hall.ask("buffers")
    gone = time.monotonic() - began
    reader.close()
    return [
        measured(
            "live",
            "stalled reader: fullest buffer",
            [fullest / KIB],
            "KiB",
            goal=BUFFER_GOAL,
            note=f"{calls} calls to {STALLED_TICKETS} tickets, a board and a manager",
        ),
        measured(
            "live",
            "stalled reader: gone after",
            [gone],
            "s",
            goal=GONE_GOAL,
            note=f"cut off when it has taken nothing for {stall:g} s",
        ),
    ]


def open_stalled(stage: Stage) -> socket.socket:
    """Follow a board, a manager and many tickets with small buffers; read nothing."""
    sock = socket.socket()
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    sock.connect(("127.0.0.1", stage.hall.ready["port"]))
    sock.sendall(REQUEST)
    sock.recv(KIB)
    topics = ["board/city", "manager/city"]
    topics += [f"ticket/{ticket}" for ticket in stage.tickets[-STALLED_TICKETS:]]
    sock.sendall(HELLO_MESSAGE + b"".join(map(subscription, topics)))
    return sock
