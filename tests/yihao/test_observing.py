"""Figures and logs: what an operator sees, and what nobody may see."""

from __future__ import annotations

import asyncio
import io
import json
import logging
from collections.abc import Iterator

import pytest
from aiohttp.http_exceptions import BadHttpMessage

from tests.open_house import CIVIL, OpenHouse
from yihao.logs import is_worth_a_line, note_answer, set_up_logs


@pytest.fixture
def root_logger() -> Iterator[logging.Logger]:
    """The root logger, put back as it was."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield root
    root.handlers[:] = handlers
    root.setLevel(level)


async def figures(house: OpenHouse) -> dict[str, float]:
    """Return all figures by name and labels."""
    async with house.http.get("/metrics") as answer:
        assert answer.headers["Content-Type"].startswith("text/plain; version=0.0.4")
        lines = (await answer.text()).splitlines()
    pairs = (line.rsplit(" ", 1) for line in lines if not line.startswith("#"))
    return {name: float(value) for name, value in pairs}


async def test_commands_are_counted_by_kind_and_by_what_became_of_them(
    house: OpenHouse,
) -> None:
    clerk = await house.clerk_at("1")
    await house.number()
    await house.number()
    await clerk.does("call-next")
    await clerk.does("call-next")

    found = await figures(house)

    of = 'yihao_commands_total{{hall="township",kind="{}",outcome="{}"}}'
    assert found[of.format("IssueTicket", "done")] == 2
    assert found[of.format("CallNext", "done")] == 1
    assert found[of.format("CallNext", "window-busy")] == 1
    assert found['yihao_waiting{hall="township",zone="services"}'] == 1
    assert found['yihao_desk_events_total{hall="township"}'] == (
        found['yihao_version{hall="township"}'] + 1
    )
    assert found['yihao_ready{hall="township"}'] == 1


async def test_requests_are_counted_by_route_and_status_and_never_by_address(
    house: OpenHouse,
) -> None:
    _, taken = await house.clerk_at("1"), await house.number()
    await house.anyone.get(f"/api/tickets/{taken['ticket']}")

    async with house.http.get("/metrics") as answer:
        text = await answer.text()

    line = (
        'yihao_requests_total{caller="anyone",method="GET",'
        'route="show_ticket",status="401"} 1.0'
    )
    assert line in text
    assert taken["ticket"] not in text


async def test_a_house_is_ready_as_long_as_everything_works(house: OpenHouse) -> None:
    ready = await house.anyone.get("/readyz")
    for keeper in house.running.keepers:
        keeper.cancel()
        with pytest.raises(BaseException):  # noqa: B017, PT011
            await keeper
    await house.hall.desk.stop()

    faulty = await house.anyone.get("/readyz")
    alive = await house.anyone.get("/healthz")

    assert (ready.status, ready.says["ready"], ready.says["faults"]) == (200, True, [])
    assert faulty.status == 503
    assert faulty.says["faults"] == [
        "the watch over the record has stopped",
        "the watch over the clock has stopped",
        "the audit has stopped",
        "the keeper of township has stopped",
        "the forgetting of township has stopped",
        "the sealer of township has stopped",
        "the desk of township does not work",
    ]
    assert (alive.status, alive.says) == (200, {"alive": True})


async def test_a_stopped_desk_is_a_clear_503(house: OpenHouse) -> None:
    await house.hall.desk.stop()

    told = await house.anyone.post(
        f"{house.path}/tickets", {"item": CIVIL, "channel": "phone"}
    )

    assert (told.status, told.code) == (503, "store-unavailable")


# Logs.


async def test_logs_name_routes_and_no_secret_token_password_or_subject(
    house: OpenHouse,
    root_logger: logging.Logger,
    capsys: pytest.CaptureFixture[str],
) -> None:
    set_up_logs(json=True)
    clerk = await house.clerk_at("1")
    holder, taken = await house.holder()
    await house.number(subject="13812345678")
    await holder.get(f"/api/tickets/{taken['ticket']}")
    await clerk.does("call-next")
    await house.anyone.post(
        "/api/session", {"account": "li.na", "password": "my secret password"}
    )

    text = capsys.readouterr().err

    lines = [json.loads(line) for line in text.splitlines()]
    routes = [line["route"] for line in lines if line["event"] == "answered"]
    assert routes == [
        *("open_window", "take_number", "take_number", "show_ticket"),
        *("call_next", "sign_in"),
    ]
    for hidden in (
        *(clerk.token, holder.token, taken["ticket"]),
        *("13812345678", "my secret password", "li.na"),
    ):
        assert hidden not in text


async def test_answers_of_one_moment_are_written_together_and_failures_are_louder(
    root_logger: logging.Logger, capsys: pytest.CaptureFixture[str]
) -> None:
    set_up_logs(json=False)

    note_answer("POST", "call_next", 200, 0.0123, "staff")
    note_answer("GET", "show_ticket", 503, 0.5, "citizen")
    before = capsys.readouterr().err
    await asyncio.sleep(0)

    first, second = capsys.readouterr().err.splitlines()
    assert before == ""
    assert first.endswith(
        "[info     ] answered [yihao.access] POST call_next 200 staff 12.3 ms"
    )
    assert "[warning  ]" in second


async def test_a_quiet_log_has_only_the_answers_that_failed(
    root_logger: logging.Logger, capsys: pytest.CaptureFixture[str]
) -> None:
    set_up_logs(json=True, level=logging.WARNING)

    note_answer("POST", "call_next", 200, 0.0123, "staff")
    note_answer("POST", "call_next", 503, 0.0123, "staff")
    await asyncio.sleep(0)

    (line,) = capsys.readouterr().err.splitlines()
    assert json.loads(line).items() >= {"status": 503, "level": "warning"}.items()


def test_a_log_for_people_is_one_line_an_event(
    root_logger: logging.Logger, capsys: pytest.CaptureFixture[str]
) -> None:
    set_up_logs(json=False)

    logging.getLogger("yihao.keeping").info("the day %s opens", "2026-03-02")

    (line,) = capsys.readouterr().err.splitlines()
    assert "the day 2026-03-02 opens" in line
    assert "yihao.keeping" in line


def test_bytes_that_are_no_http_are_not_worth_a_line() -> None:
    def record(error: Exception) -> logging.LogRecord:
        info = (type(error), error, None)
        return logging.LogRecord("x", logging.ERROR, "", 0, "failed", None, info)

    assert not is_worth_a_line(record(BadHttpMessage("no http")))
    assert is_worth_a_line(record(ValueError("a fault of ours")))


def test_a_line_that_cannot_be_written_is_repeated_nowhere_else(
    root_logger: logging.Logger, capsys: pytest.CaptureFixture[str]
) -> None:
    set_up_logs(json=True)
    handler = root_logger.handlers[0]
    assert isinstance(handler, logging.StreamHandler)
    closed = io.StringIO()
    closed.close()
    handler.setStream(closed)

    logging.getLogger("yihao").warning("citizen %s", "11010519491231002X")

    assert capsys.readouterr().err == ""
