"""One server on one file: a lock that the operating system frees with the process."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path

from queue_core.errors import LogError


class FileLock:
    """Holds ``path`` until it is released or the process ends, however it ends."""

    def __init__(self, path: Path) -> None:
        """Take the lock at once.

        Raises:
            LogError: another server holds it, or the file cannot be made.
        """
        try:
            self._descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise LogError(f"{path} cannot be opened: {error}") from error
        try:
            # flock, not lockf: a second log in this process must be refused too.
            fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            holder = os.pread(self._descriptor, 32, 0).decode("ascii", "replace")
            os.close(self._descriptor)
            raise LogError(
                f"{path} is held by process {holder.strip() or 'unknown'}: "
                "only one server may write this log"
            ) from error
        os.ftruncate(self._descriptor, 0)
        os.pwrite(self._descriptor, f"{os.getpid()}\n".encode(), 0)

    def release(self) -> None:
        """Let another server have the file. The file itself stays."""
        # It is not removed: a third process could lock a file that is gone.
        os.close(self._descriptor)
