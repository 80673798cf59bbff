"""How many may follow at once, and how many from one place."""

from __future__ import annotations

from queue_core.interface.room import Room


def test_from_one_address_come_only_so_many_and_from_others_still_some() -> None:
    room = Room(connections=10, of_address=2)

    assert [room.enter("192.0.2.1") for _ in range(3)] == [True, True, False]
    assert room.enter("192.0.2.2")
    room.leave("192.0.2.1")
    assert room.enter("192.0.2.1")


def test_a_full_room_is_full_for_everybody() -> None:
    room = Room(connections=2, of_address=2)

    assert [room.enter(f"192.0.2.{n}") for n in range(3)] == [True, True, False]


def test_a_proxy_on_this_machine_speaks_for_many() -> None:
    room = Room(connections=10, of_address=1)

    assert all(room.enter("127.0.0.1") for _ in range(5))


def test_a_proxy_on_another_machine_speaks_for_many_when_it_is_trusted() -> None:
    room = Room(10, 1, speaks_for_others=lambda address: address == "10.1.0.4")

    assert [room.enter("10.1.0.4") for _ in range(3)] == [True] * 3
    assert [room.enter("10.1.0.5") for _ in range(2)] == [True, False]
