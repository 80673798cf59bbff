"""Files that are there whole or not at all, whenever the process or the power ends.

What is being written has a name of its own beside the final one, beginning with a dot
and ending in ``.partial``. What a process that was killed has left there is removed by
the next one: the operating system has freed its lock.
"""

from __future__ import annotations

import contextlib
import fcntl
import glob
import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from queue_core.errors import LogError


PARTIAL = ".partial"
PIECE = 1 << 20


@contextmanager
def whole_file(target: Path) -> Iterator[Path]:
    """Yield where to write a file; it gets its name, over an older one, at the end.

    If what is done inside fails, nothing is left.

    Raises:
        LogError: the file cannot be written.
    """
    with told_as_log_error(target):
        _sweep(target)
        descriptor, name = tempfile.mkstemp(PARTIAL, f".{target.name}.", target.parent)
        partial = Path(name)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            yield partial
            sync(partial)
            partial.replace(target)
            sync(target.parent)
        finally:
            partial.unlink(missing_ok=True)
            os.close(descriptor)


@contextmanager
def whole_folder(target: Path) -> Iterator[Path]:
    """Yield a folder to fill; it gets its name at the end, and never over another.

    If what is done inside fails, nothing is left.

    Raises:
        LogError: there is such a folder already, or it cannot be written.
    """
    with told_as_log_error(target):
        if target.exists():
            raise LogError(f"{target} is there already")
        target.parent.mkdir(parents=True, exist_ok=True)
        _sweep(target)
        partial = Path(tempfile.mkdtemp(PARTIAL, f".{target.name}.", target.parent))
        descriptor = os.open(partial, os.O_RDONLY)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            yield partial
            for path in partial.iterdir():
                sync(path)
            sync(partial)
            partial.rename(target)
            sync(target.parent)
        finally:
            shutil.rmtree(partial, ignore_errors=True)
            os.close(descriptor)


def copy_file(source: Path, target: Path) -> None:
    """Copy a file for its owner's eyes only, and to the disk.

    Raises:
        OSError: it cannot be read or written.
    """
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with source.open("rb") as here, os.fdopen(descriptor, "wb") as there:
        shutil.copyfileobj(here, there, PIECE)
        there.flush()
        os.fsync(there.fileno())


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file in hexadecimal.

    Raises:
        OSError: it cannot be read.
    """
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def sync(path: Path) -> None:
    """Put what is written of a file, or of the names in a folder, on the disk.

    Raises:
        OSError: the disk failed.
    """
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def told_as_log_error(path: Path) -> Iterator[None]:
    """Turn what the file system says into the house's own word for it.

    Raises:
        LogError: the file system failed.
    """
    try:
        yield
    except OSError as error:
        raise LogError(f"{path} cannot be used: {error}") from error


def _sweep(target: Path) -> None:
    """Remove what killed processes have left of a target."""
    for left in target.parent.glob(f".{glob.escape(target.name)}.*{PARTIAL}"):
        # Whoever is just finishing or sweeping it may have taken it away.
        with contextlib.suppress(FileNotFoundError, BlockingIOError):
            descriptor = os.open(left, os.O_RDONLY)
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(left) if left.is_dir() else left.unlink()
            finally:
                os.close(descriptor)
