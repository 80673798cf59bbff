"""What a rehearsal makes of the frames of a board."""

from __future__ import annotations

from typing import Any

from displays.link.client import Update
from yihao.rehearsal.witness import Witness


CALLED: list[Any] = [0, 8, "A001", "3", 1000, 2]
OFF: list[Any] = [3, 8]


def told(*changes: list[Any]) -> Update:
    """Return a frame of the hall board with some changes."""
    return Update("board/city", "delta", 20, list(changes))


def test_a_call_that_comes_back_after_an_undo_is_not_announced_again() -> None:
    witness = Witness()

    for frame in (told(CALLED), told(OFF), told(CALLED, [1, 8, 2, 1500])):
        witness.see_board(frame, None)

    assert (witness.board[8].times, witness.board[8].recalls) == (1, 1)


def test_a_call_that_is_told_twice_is_noticed() -> None:
    witness = Witness()

    witness.see_board(told(CALLED, CALLED), None)

    assert witness.board[8].times == 2
