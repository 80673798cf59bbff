"""One ticket from the kiosk to the report: begin to read the house here.

Everything happens over HTTP and the live link, against a house with its real stores.
Each step names the command that is given and the event that is recorded for it; the
rules behind them stand in ``queue_core/rules``, the events in ``queue_core/events.py``.
"""

from __future__ import annotations

from pathlib import Path

from displays.link.follower import follow
from tests.open_house import CIVIL, MINUTE, MONDAY, Caller, open_house


async def test_one_ticket_from_the_kiosk_to_the_report(tmp_path: Path) -> None:
    slips = tmp_path / "slips"
    async with open_house(tmp_path / "data", printers=(f"file:{slips}",)) as house:
        hall = await house.anyone.get("/api/halls/township")
        kiosk = await house.device("kiosk", "entrance")
        pad = await house.device("pad", "1")

        # A clerk signs on at window 1 (OpenWindow → WindowOpened).
        clerk = await house.clerk_at("1", "li.na")

        # A citizen tells the kiosk what he needs, in his own words …
        found = await house.anyone.get("/api/halls/township/items", q="吃低保")
        item = found.says["items"][0]
        assert (item["item"], item["name"]) == (CIVIL, "最低生活保障对象认定")

        # … and takes a number (IssueTicket → TicketIssued); then the slip is printed.
        taken = await kiosk.post(
            "/api/halls/township/tickets", {"item": CIVIL, "channel": "kiosk"}
        )
        assert taken.status == 201
        assert (taken.says["number"], taken.says["people_ahead"]) == ("A001", 0)
        assert taken.says["slip"]["printed"]
        assert "A001" in (slips / "township-A001.txt").read_text()

        # His phone follows the ticket; only the secret on the slip opens it.
        ticket = taken.says["ticket"]
        citizen = Caller(house.http, taken.says["secret"])
        place = await citizen.get(f"/api/tickets/{ticket}")
        assert (place.says["state"], place.says["windows"]) == ("waiting", ["1"])
        assert (await house.anyone.get(f"/api/tickets/{ticket}")).status == 401

        # The clerk calls who is next (CallNext → TicketCalled); the board shows it.
        async with follow(hall.says["link"], ["board/township"]) as board:
            house.clock.pass_by(3 * MINUTE)
            called = await clerk.does("call-next")
            assert called.says["ticket"]["number"] == "A001"
            shown = await board.until("board/township", lambda state: state[2])
            call, number, window, *_ = shown[2][0]
            assert (call, number, window) == (called.says["call"], "A001", "1")

            # He comes to the window and is served (StartService → ServiceStarted).
            started = await clerk.does("start")
            await board.until("board/township", lambda state: state[2][0][5] == 1)

        # Done (CompleteService → ServiceCompleted, TicketEnded).
        house.clock.pass_by(12 * MINUTE)
        done = await clerk.does("complete", {"outcome": "done"})
        assert done.says["ticket"] is None
        assert done.says["service"] == started.says["service"]

        # He says how it was (GiveEvaluation → EvaluationGiven): once, by himself.
        evaluation = f"/api/services/{done.says['service']}/evaluation"
        given = await pad.post(evaluation, {"grade": "satisfied", "channel": "pad"})
        assert (given.status, given.says["grade"]) == (201, "satisfied")
        again = await citizen.post(
            evaluation, {"grade": "very-satisfied", "channel": "phone"}
        )
        assert (again.status, again.code) == (409, "already-evaluated")

        # In the evening the house closes the day by itself (CloseDay → DayClosed).
        assert (await clerk.does("close")).status == 200
        closes_at = hall.says["hours"]["closes_at"]
        house.clock.move_to(closes_at)
        await house.day_state(2)

        # What happened is written down: for the inspector the ticket's way …
        inspector = await house.caller("inspector")
        way = await inspector.get(f"/api/halls/township/tickets/{ticket}/history")
        assert [line["event"] for line in way.says["lines"]] == [
            "TicketIssued",
            "TicketCalled",
            "ServiceStarted",
            "ServiceCompleted",
            "TicketEnded",
            "EvaluationGiven",
        ]

        # … and the report of the day, with the names of all.
        path = "/api/halls/township/reports/day"
        page = await inspector.get(path, date=MONDAY)
        assert page.status == 200
        assert "li.na 同志" in page.says.decode()
