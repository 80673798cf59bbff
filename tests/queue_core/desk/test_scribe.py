"""The thread that reads and writes for a desk."""

from __future__ import annotations

import asyncio
import threading
from functools import partial

import pytest

from queue_core.desk.scribe import Scribe
from queue_core.errors import LogError


async def test_what_was_asked_first_is_done_first_and_in_one_thread() -> None:
    scribe = Scribe("desk-city")
    done: list[str] = []

    await asyncio.gather(*(scribe.do(partial(done.append, n)) for n in "abc"))
    name = await scribe.do(lambda: threading.current_thread().name)

    assert (done, name) == (["a", "b", "c"], "desk-city")
    scribe.dismiss()


async def test_what_fails_fails_for_whoever_asked_and_the_next_is_done() -> None:
    scribe = Scribe("desk-city")

    def fail() -> None:
        raise LogError("the disk is full")

    with pytest.raises(LogError, match="the disk is full"):
        await scribe.do(fail)

    assert await scribe.do(lambda: 7) == 7
    scribe.dismiss()


async def test_who_has_gone_away_holds_up_nobody() -> None:
    scribe = Scribe("desk-city")
    held, began = threading.Event(), threading.Event()
    done: list[str] = []

    def hold() -> None:
        began.set()
        held.wait(30)

    holding = scribe.do(hold)
    await asyncio.to_thread(began.wait, 30)
    never = scribe.do(lambda: done.append("never"))
    never.cancel()
    holding.cancel()
    held.set()

    assert await scribe.do(lambda: done) == []
    scribe.dismiss()


async def test_a_dismissed_scribe_ends_its_work_and_takes_no_more() -> None:
    scribe = Scribe("desk-city")

    last = scribe.do(lambda: "done")
    scribe.dismiss()

    assert await last == "done"
    with pytest.raises(RuntimeError):
        scribe.do(lambda: "never")


def test_a_loop_that_is_over_is_told_nothing() -> None:
    scribe = Scribe("desk-city")
    held, began, after = threading.Event(), threading.Event(), threading.Event()

    def hold() -> None:
        began.set()
        held.wait(30)

    async def ask_and_leave() -> None:
        scribe.do(hold)
        await asyncio.to_thread(began.wait, 30)

    async def ask_again() -> None:
        await scribe.do(after.set)

    asyncio.run(ask_and_leave())
    held.set()
    asyncio.run(ask_again())

    assert after.is_set()
    scribe.dismiss()
