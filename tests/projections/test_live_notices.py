"""Notices in the live picture: which stand, and whose they are."""

from __future__ import annotations

from queue_core import commands as c
from tests.queue_core.rules.hall import MINUTE, NINE, Hall

from .live_halls import live_from


def test_a_notice_stands_until_it_is_withdrawn_or_another_one_finds_it_over() -> None:
    hall = Hall()
    hall.do(c.BroadcastNotice, notice="n1", zh="请稍候", until_at=NINE + MINUTE)
    hall.do(c.BroadcastNotice, notice="n2", zh="饮水机维修", en="No water")
    both = list(live_from(hall.log).notices)
    hall.wait(minutes=1)
    hall.do(c.BroadcastNotice, notice="n3", zh="请到二楼", zones=["z2"])
    hall.do(c.WithdrawNotice, notice="n2")

    notices = live_from(hall.log).notices

    assert both == ["n1", "n2"]
    assert list(notices) == ["n3"]
    assert notices["n3"].concerns_citizens("z2")
    assert not notices["n3"].concerns_citizens("z1")
    assert notices["n3"].concerns_citizens()


def test_a_notice_to_windows_is_for_the_consoles_of_these_windows() -> None:
    hall = Hall()
    hall.do(c.BroadcastNotice, notice="n1", zh="请恢复叫号", windows=["2"])
    hall.do(c.BroadcastNotice, notice="n2", zh="请开窗", audience="staff", zones=["z2"])

    live = live_from(hall.log)

    seen = {
        window.window: [
            one.notice for one in live.notices.values() if one.concerns_clerk(window)
        ]
        for window in live.windows.values()
    }
    assert seen == {"1": [], "2": ["n1"], "3": ["n2"]}
    assert not any(one.concerns_citizens() for one in live.notices.values())
