"""Prepared frames out to many readers, at hardly more than the cost of sending.

Whatever is done for each reader is paid thousands of times, so it stands in one loop:
no call but the system's own, while a reader's socket takes what it is sent.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from .channel import BUSY


if TYPE_CHECKING:
    from collections.abc import Iterable

    from .channel import Channel, Reader


def deliver(deltas: Iterable[tuple[Channel, bytes]]) -> int:
    """Write to all readers of each channel the delta that has led to its seq.

    Whoever is paused is behind from now on. Return how many frames were written.
    """
    write, busy = os.write, BUSY
    written = 0
    for channel, data in deltas:
        size = len(data)
        slow: list[Reader] | None = None
        for reader in channel.current:
            descriptor = reader.descriptor
            if descriptor != busy:
                try:
                    sent = write(descriptor, data)
                except OSError:
                    # Full, or broken: the reader finds out, and knows what to do.
                    sent = 0
                if sent != size:
                    reader.leave(data[sent:])
            elif not reader.is_paused:
                reader.write(data)
            else:
                slow = [*(slow or ()), reader]
        written += len(channel.current)
        if slow is not None:
            written -= len(slow)
            for reader in slow:
                channel.place(reader, channel.seq - 1)
    return written
