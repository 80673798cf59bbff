"""The fake keeps the promises of a store."""

from __future__ import annotations

from queue_core.log.event_log import EventLog
from queue_core.log.memory_log import MemoryLog

from .contract import LogContract
from .hall_contract import SharedHallContract


class TestMemoryLog(LogContract, SharedHallContract):
    def make_log(self) -> EventLog:
        return MemoryLog()

    def open_again(self, log: EventLog) -> EventLog:
        return log
