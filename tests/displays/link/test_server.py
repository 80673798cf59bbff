"""The link over real sockets: who is let in, what is served, how links end."""

from __future__ import annotations

import asyncio

import pytest
from websockets.asyncio.client import ClientConnection
from websockets.exceptions import ConnectionClosed, InvalidStatus

from displays.link.access import SAME_HOST, Credentials
from displays.link.follower import follow
from displays.link.frames import HEARTBEAT, REFUSED, SNAPSHOT, WELCOME
from displays.link.protocol import Refusal
from displays.link.server import LinkServer
from projections.topics.names import Topic
from queue_core.interface.headers import REFUSAL_HEADERS

from .linked import SOON, hear, linked_house, listen_to_the_end, say, socket_to, state
from .readers import FixedClock, recorded


BOARD = "board/city"
NOT_ALLOWED = Refusal("not-allowed", "sign in first")


async def close_code(socket: ClientConnection) -> int:
    """Return the code with which the server closes the link."""
    with pytest.raises(ConnectionClosed) as closed:
        await listen_to_the_end(socket)
    assert closed.value.rcvd is not None
    return closed.value.rcvd.code


# What is served.


async def test_a_screen_sees_a_call_as_soon_as_it_is_recorded() -> None:
    async with linked_house() as house, follow(house.url, [BOARD]) as board:
        before = await state(board, BOARD)
        house.hall.take("a1")
        house.hall.next("1")
        house.tell()

        after = await state(board, BOARD, lambda board: board[2])

    assert before[2] == []
    assert after[2][0][1] == "A001"


async def test_a_link_begins_with_the_halls_time_and_its_heartbeat() -> None:
    async with linked_house() as house, socket_to(house) as socket:
        await say(socket, 16, "", "", 0, 0, {})

        welcome = await hear(socket)

    assert welcome.kind == WELCOME
    assert welcome.body == [FixedClock().at, 1.0, 5.0]


async def test_a_phone_hears_of_its_place_and_its_call() -> None:
    async with linked_house() as house:
        for _ in range(2):
            house.hall.take("a1")
        house.tell()
        async with follow(house.url, ["ticket/t2"]) as phone:
            first = await state(phone, "ticket/t2")
            house.hall.next("1")
            house.tell()
            then = await state(phone, "ticket/t2", lambda ticket: ticket[2] == 0)
            house.hall.next("2")
            house.tell()
            called = await state(phone, "ticket/t2", lambda ticket: ticket[0] == 4)

    assert first[2] == 1
    assert then[0] == 0
    assert called[4] == "2"


async def test_what_follows_quickly_is_gathered_for_phones_not_for_boards() -> None:
    limits = {"gather_seconds": 0.3}
    async with linked_house(limits=limits) as house:
        for _ in range(4):
            house.hall.take("a1")
        house.tell()
        async with follow(house.url, [BOARD, "ticket/t4"]) as screen:
            await state(screen, BOARD)
            await state(screen, "ticket/t4", lambda ticket: ticket[2] == 3)
            house.hall.next("1")
            house.tell()
            await state(screen, "ticket/t4", lambda ticket: ticket[2] == 2)
            for _ in range(2):
                house.hall.serve("1")
                house.hall.next("1")
                house.tell()
            await state(screen, BOARD, lambda board: board[2][-1][1] == "A003")
            meanwhile = screen.state("ticket/t4")[2]
            then = await state(screen, "ticket/t4", lambda ticket: ticket[2] != 2)
            seq = screen.client.pictures["ticket/t4"].seq

    assert (meanwhile, then[2], seq) == (2, 0, 2)


async def test_heartbeats_come_without_traffic() -> None:
    limits = {"heartbeat_seconds": 0.02}
    async with linked_house(limits=limits) as house, socket_to(house) as socket:
        await say(socket, 16, "", "", 0, 0, {})
        await say(socket, 17, BOARD, "", 0, 0, {})

        frames = [await hear(socket) for _ in range(4)]

    assert [frame.kind for frame in frames] == [WELCOME, SNAPSHOT] + [HEARTBEAT] * 2
    assert frames[-1].body == len(house.hall.log)


async def test_what_is_recorded_before_the_link_listens_is_not_lost() -> None:
    link = LinkServer(FixedClock(), lambda topic, credentials: None)
    async with linked_house() as house:
        link.add_hall("city", recorded(house.hall.log))
        house.hall.take("a1")
        link.publish(recorded(house.hall.log[4:5], after=4))
        starting = asyncio.create_task(link.start())
        house.hall.take("a1")
        link.publish(recorded(house.hall.log[5:], after=5))
        await starting
        try:
            async with follow(f"ws://127.0.0.1:{link.port}", [BOARD]) as board:
                seen = await state(board, BOARD)
        finally:
            await link.stop()

    assert seen[3][0] == ["z1", 2, 2, ["A001"]]


async def test_a_screen_reports_what_it_has_drawn() -> None:
    async with linked_house() as house, socket_to(house) as socket:
        await say(socket, 16, "", "", 0, 0, {})
        await say(socket, 17, BOARD, "", 0, 0, {})
        await hear(socket)
        snapshot = await hear(socket)
        await say(socket, 19, BOARD, snapshot.epoch, snapshot.seq, 0, None)
        # The answer to another question shows that the report has been read.
        await say(socket, 17, "board/moon", "", 0, 0, {})
        await hear(socket)

        screens = await house.link.screens()

    assert [(s.topic, s.drawn_seq, s.is_behind) for s in screens] == [(BOARD, 0, False)]


# Who is let in.


async def test_a_topic_is_served_to_whom_it_belongs_and_refused_to_others() -> None:
    asked: list[tuple[Topic, Credentials]] = []

    def may_follow(topic: Topic, credentials: Credentials) -> Refusal | None:
        asked.append((topic, credentials))
        return None if credentials.secret == "s1" else NOT_ALLOWED

    async with linked_house(may_follow) as house, socket_to(house) as socket:
        house.hall.take("a1")
        house.tell()
        await say(socket, 16, "", "", 0, 0, {"token": "k"})
        await say(socket, 17, "ticket/t1", "", 0, 0, {"secret": "wrong"})
        await say(socket, 17, "ticket/t1", "", 0, 0, {"secret": "s1"})

        frames = [await hear(socket) for _ in range(3)]

    assert [frame.kind for frame in frames] == [WELCOME, REFUSED, SNAPSHOT]
    assert frames[1].body == list(NOT_ALLOWED)
    assert asked[0] == (Topic("ticket", "", "t1"), Credentials("k", "", "wrong"))


async def test_a_refused_topic_that_was_followed_is_followed_no_longer() -> None:
    answers = [None, NOT_ALLOWED, None]

    async with (
        linked_house(lambda topic, credentials: answers.pop(0)) as house,
        socket_to(house) as socket,
    ):
        await say(socket, 16, "", "", 0, 0, {})
        for topic in (BOARD, BOARD, "window/city/1"):
            await say(socket, 17, topic, "", 0, 0, {})
        for _ in range(4):
            await hear(socket)
        house.hall.take("a1")
        house.hall.next("1")
        house.tell()

        told = await hear(socket)

    assert told.topic == "window/city/1"


async def test_access_may_be_decided_in_another_loop() -> None:
    loop = asyncio.get_running_loop()

    async def decide(topic: Topic) -> Refusal | None:
        assert asyncio.get_running_loop() is loop
        return None if topic.kind == "board" else NOT_ALLOWED

    async def may_follow(topic: Topic, credentials: Credentials) -> Refusal | None:
        asked = asyncio.run_coroutine_threadsafe(decide(topic), loop)
        return await asyncio.wrap_future(asked)

    async with linked_house(may_follow) as house, socket_to(house) as socket:
        await say(socket, 16, "", "", 0, 0, {})
        await say(socket, 17, BOARD, "", 0, 0, {})
        await say(socket, 17, "manager/city", "", 0, 0, {})

        frames = [await hear(socket) for _ in range(3)]

    assert [frame.kind for frame in frames] == [WELCOME, SNAPSHOT, REFUSED]


async def test_whoever_cannot_be_judged_now_is_told_to_come_later() -> None:
    never = asyncio.Event()

    async def may_follow(topic: Topic, credentials: Credentials) -> Refusal | None:
        await never.wait()
        return None

    async with (
        linked_house(may_follow, limits={"access_seconds": 0.01}) as house,
        socket_to(house) as socket,
    ):
        await say(socket, 16, "", "", 0, 0, {})
        await say(socket, 17, BOARD, "", 0, 0, {})

        assert await close_code(socket) == 1013


async def test_the_pages_cookie_counts_and_the_last_word_of_the_proxy() -> None:
    seen: list[Credentials] = []
    headers = {"Cookie": "yihao_session=abc", "X-Forwarded-For": "made-up, 192.0.2.7"}

    def may_follow(topic: Topic, credentials: Credentials) -> Refusal | None:
        seen.append(credentials)
        return None

    async with (
        linked_house(may_follow) as house,
        socket_to(house, additional_headers=headers) as socket,
    ):
        await say(socket, 16, "", "", 0, 0, {})
        await say(socket, 17, BOARD, "", 0, 0, {})
        for _ in range(2):
            await hear(socket)

    assert seen == [Credentials("", "abc", "", "192.0.2.7")]


async def test_pages_of_other_origins_are_turned_away() -> None:
    async with linked_house(origins=[SAME_HOST]) as house:
        with pytest.raises(InvalidStatus) as refused:
            async with socket_to(house, origin="http://evil.example"):
                pass
        async with socket_to(house, origin="http://127.0.0.1:8080") as socket:
            await say(socket, 16, "", "", 0, 0, {})
            welcome = await hear(socket)

    assert refused.value.response.status_code == 403
    headers = refused.value.response.headers
    assert {name: headers[name] for name in REFUSAL_HEADERS} == REFUSAL_HEADERS
    assert welcome.kind == WELCOME


# How links end.


async def test_a_client_that_breaks_the_protocol_is_told_to_stay_away() -> None:
    async with linked_house() as house:
        async with socket_to(house) as socket:
            await say(socket, 17, BOARD, "", 0, 0, {})
            without_hello = await close_code(socket)
        async with socket_to(house) as socket:
            await socket.send("hello")
            in_text = await close_code(socket)
        async with socket_to(house) as socket:
            await socket.send(b"\x00" * 70_000)
            too_big = await close_code(socket)

    assert (without_hello, in_text, too_big) == (1008, 1008, 1009)


async def test_a_client_that_says_nothing_is_not_waited_for() -> None:
    async with (
        linked_house(limits={"hello_seconds": 0.01}) as house,
        socket_to(house) as socket,
    ):
        assert await close_code(socket) == 1008


async def test_who_says_too_much_at_once_is_put_out() -> None:
    limits = {"messages_at_once": 20, "messages_per_second": 0.001}
    async with linked_house(limits=limits) as house, socket_to(house) as socket:
        await say(socket, 16, "", "", 0, 0, {})
        for _ in range(30):
            await say(socket, 18, BOARD, "", 0, 0, None)

        assert await close_code(socket) == 1008


async def test_more_connections_than_agreed_are_told_to_come_later() -> None:
    async with (
        linked_house(limits={"connections": 1}) as house,
        socket_to(house) as first,
        socket_to(house) as second,
    ):
        await say(first, 16, "", "", 0, 0, {})
        await hear(first)

        assert await close_code(second) == 1013


async def test_whoever_signs_out_loses_the_link_and_others_keep_it() -> None:
    async with (
        linked_house() as house,
        follow(house.url, [BOARD], token="mine") as one,
        follow(house.url, [BOARD], token="other") as other,
    ):
        await state(one, BOARD)
        await state(other, BOARD)
        house.link.sign_out(lambda credentials: credentials.token == "mine")

        async with asyncio.timeout(SOON):
            told = [update async for update in one]
        house.hall.take("a1")
        house.tell()
        await state(other, BOARD, lambda board: board[3][0][1] == 1)

    assert told == []
    assert one.ended == 4001
    assert other.connected == 1


async def test_a_link_that_ends_tells_its_clients_to_come_back() -> None:
    async with linked_house() as house, socket_to(house) as socket:
        await say(socket, 16, "", "", 0, 0, {})
        await hear(socket)
        await house.link.stop()

        assert await close_code(socket) == 1001


async def test_a_missing_event_stops_the_link_rather_than_show_a_wrong_picture() -> (
    None
):
    async with linked_house() as house, socket_to(house) as socket:
        await say(socket, 16, "", "", 0, 0, {})
        await hear(socket)
        house.hall.take("a1")
        house.hall.take("a1")
        house.link.publish(recorded(house.hall.log[-1:], after=5))

        code = await close_code(socket)
        await house.link.stop()

    assert code == 1001
    assert "does not follow" in str(house.link.failure)


async def test_a_port_that_is_taken_is_told_at_once() -> None:
    async with linked_house() as house:
        other = LinkServer(FixedClock(), house.link.may_follow, port=house.link.port)

        with pytest.raises(OSError, match="address already in use"):
            await other.start()


async def test_a_link_that_does_not_run_has_no_screens() -> None:
    link = LinkServer(FixedClock(), lambda topic, credentials: None)

    with pytest.raises(RuntimeError, match="not running"):
        await link.screens()
