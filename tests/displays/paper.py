"""A printer of paper and ink made of text: reads ESC/POS bytes back, byte by byte.

It knows exactly the commands a slip may use; any other byte fails the test.
"""

from __future__ import annotations


RESET, CHINESE = b"\x1b@", b"\x1c&"

LENGTHS = {
    RESET: 2,
    CHINESE: 2,
    b"\x1d!": 3,
    b"\x1bE": 3,
    b"\x1ba": 3,
    b"\x1bd": 3,
    b"\x1dV": 3,
}
"""Commands and how long they are with what they carry; GS ( says it itself."""


class Paper:
    """What came out of the printer."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.sizes: list[tuple[int, int]] = []
        """Width and height of each line."""
        self.codes: list[str] = []
        self.cuts = 0
        self._size = 0
        self._stored = ""
        self._text = b""

    def take(self, data: bytes) -> int:
        """Print what the data begins with, and return how many bytes that were."""
        head = data[:2]
        if head == b"\x1d(":
            return self._code(data)
        if head in LENGTHS:
            self._command(head, data[2:3])
            return LENGTHS[head]
        if data[0] == 0x0A:
            self._line()
            return 1
        assert data[0] >= 0x20, f"unknown command {data[:4]!r}"
        length = 1 if data[0] < 0x80 else 2
        self._text += data[:length]
        return length

    def end(self) -> None:
        """Check that nothing is left in the printer."""
        assert self._text == b"", "the last line was not printed"

    def _command(self, head: bytes, value: bytes) -> None:
        if head == b"\x1d!":
            self._size = value[0]
        elif head == b"\x1dV":
            self.cuts += 1

    def _line(self) -> None:
        self.lines.append(self._text.decode("gb18030"))
        self.sizes.append(((self._size >> 4) + 1, (self._size & 0x0F) + 1))
        self._text = b""

    def _code(self, data: bytes) -> int:
        assert data[2:3] == b"k", "no other command of this family is for codes"
        length = data[3] + 256 * data[4]
        body = data[5 : 5 + length]
        assert len(body) == length
        if body.startswith(b"1P0"):
            self._stored = body[3:].decode()
        elif body == b"1Q0":
            self.codes.append(self._stored)
        return 5 + length


def printed(data: bytes) -> Paper:
    """Return the paper that the bytes make."""
    assert data.startswith(RESET + CHINESE), "a slip begins anew, in Chinese mode"
    paper = Paper()
    while data:
        data = data[paper.take(data) :]
    paper.end()
    return paper
