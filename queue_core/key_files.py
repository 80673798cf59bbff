"""Files of keys: for the owner's eyes only, and whole or not there at all."""

from __future__ import annotations

import os
from pathlib import Path


def write_new_key(path: Path, content: bytes) -> None:
    """Write a key where there is none; one that another process has just made stays.

    Raises:
        OSError: the file cannot be written.
    """
    # A key that is half written must never be used.
    new = path.with_name(f"{path.name}.{os.getpid()}.new")
    descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.link(new, path)
    except FileExistsError:
        # Another process made the key at the same moment; that one counts.
        pass
    finally:
        new.unlink()
