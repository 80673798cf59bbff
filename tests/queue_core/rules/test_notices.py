"""Notices to the hall: who is told, until when, and how many stand at a time."""

from __future__ import annotations

from queue_core import commands as c
from queue_core import events as e
from queue_core.errors import (
    DayEnded,
    NoticeOver,
    NoticesEnough,
    NoticeUnknown,
    WindowUnknown,
    ZoneUnknown,
)
from queue_core.rules.notices import NOTICES_LIMIT

from .given import given
from .hall import HOURS, MINUTE, NINE, Hall


def test_a_notice_stands_until_its_time_and_at_the_latest_until_the_day_ends() -> None:
    hall = Hall()
    short = {"notice": "n1", "zh": "一楼饮水机维修", "until_at": NINE + 30 * MINUTE}

    given(hall).when(c.BroadcastNotice, **short).then((e.NoticeBroadcast, short))
    for until_at in (0, HOURS.ends_at + 1):
        given(hall).when(
            c.BroadcastNotice, notice="n2", zh="今天提前下班", until_at=until_at
        ).then((e.NoticeBroadcast, {"until_at": HOURS.ends_at}))


def test_a_notice_that_would_be_over_at_once_is_refused() -> None:
    given(Hall()).when(
        c.BroadcastNotice, notice="n1", zh="迟了", until_at=NINE
    ).then_refused(NoticeOver, until_at=NINE)


def test_a_notice_names_zones_and_windows_of_the_hall_once_each() -> None:
    hall = Hall()

    given(hall).when(
        c.BroadcastNotice, notice="n1", zh="请稍候", zones=["z1", "z1"]
    ).then((e.NoticeBroadcast, {"zones": ["z1"], "audience": "everyone"}))
    given(hall).when(
        c.BroadcastNotice, notice="n1", zh="请稍候", zones=["z9"]
    ).then_refused(ZoneUnknown, zone="z9")
    given(hall).when(
        c.BroadcastNotice, notice="n1", zh="请稍候", windows=["9"]
    ).then_refused(WindowUnknown, window="9")


def test_what_is_said_to_some_windows_is_for_their_clerks_alone() -> None:
    given(Hall()).when(
        c.BroadcastNotice, notice="n1", zh="请恢复叫号", windows=["1"]
    ).then((e.NoticeBroadcast, {"audience": "staff", "windows": ["1"]}))


def test_a_notice_is_withdrawn_once_and_not_after_it_is_over() -> None:
    hall = Hall()
    hall.do(c.BroadcastNotice, notice="n1", zh="请稍候", until_at=NINE + MINUTE)
    hall.do(c.BroadcastNotice, notice="n2", zh="请稍候")

    given(hall).when(c.WithdrawNotice, notice="n2").then(
        (e.NoticeWithdrawn, {"notice": "n2"})
    )
    hall.do(c.WithdrawNotice, notice="n2")
    given(hall).when(c.WithdrawNotice, notice="n2").then_refused(NoticeUnknown)
    hall.wait(minutes=1)
    given(hall).when(c.WithdrawNotice, notice="n1").then_refused(NoticeUnknown)
    given(hall).when(c.WithdrawNotice, notice="n9").then_refused(
        NoticeUnknown, notice="n9"
    )


def test_only_so_many_notices_stand_that_somebody_reads_them() -> None:
    hall = Hall()
    for place in range(NOTICES_LIMIT):
        until_at = hall.at + (1 + place) * MINUTE
        hall.do(c.BroadcastNotice, notice=f"n{place}", zh="请稍候", until_at=until_at)
    another = {"notice": "more", "zh": "还有"}

    given(hall).when(c.BroadcastNotice, **another).then_refused(
        NoticesEnough, limit=NOTICES_LIMIT
    )
    hall.wait(minutes=1)
    given(hall).when(c.BroadcastNotice, **another).then((e.NoticeBroadcast, another))


def test_a_closed_day_takes_no_notice() -> None:
    hall = Hall(windows="")
    hall.wait(minutes=12 * 60)
    hall.do(c.CloseDay)

    given(hall).when(c.BroadcastNotice, notice="n1", zh="晚了").then_refused(DayEnded)


def test_notices_that_are_over_are_forgotten_with_the_next_one() -> None:
    hall = Hall()
    hall.do(c.BroadcastNotice, notice="n1", zh="请稍候", until_at=NINE + MINUTE)
    hall.wait(minutes=1)
    hall.do(c.BroadcastNotice, notice="n2", zh="请稍候")

    assert list(hall.state.notices) == ["n2"]
