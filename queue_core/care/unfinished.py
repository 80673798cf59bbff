"""The mark of a restoration that has begun: where it is, nothing is whole.

Whoever opens a house asks for it, so nothing is imported here that only some need.
"""

from __future__ import annotations

from pathlib import Path

from queue_core.errors import LogError

from .places import Place, told


MARK, MARK_TABLE = "restore-unfinished", "yihao_restore_unfinished"
"""A file beside the record, or an empty table."""


class RestoreUnfinished(LogError):
    """Somebody has begun to restore a backup here, and it did not come to its end."""


def require_whole(record: Place) -> None:
    """Pass if no restoration has been begun and not finished where a record is.

    Raises:
        RestoreUnfinished: one has.
        LogError: the database cannot be asked.
    """
    if isinstance(record, Path):
        is_marked = record.with_name(MARK).exists()
    else:
        is_marked = _has_mark(record)
    if is_marked:
        raise RestoreUnfinished(
            f"a backup was being restored into {told(record)}, and that was not "
            "finished: restore it again"
        )


def _has_mark(database: str) -> bool:
    # A house on files does without psycopg, which takes 9 MB.
    import psycopg  # noqa: PLC0415

    from .postgres_rows import connect_for_care  # noqa: PLC0415

    try:
        with connect_for_care(database) as connection:
            asked = "SELECT to_regclass(%s)"
            return connection.execute(asked, (MARK_TABLE,)).fetchone() != (None,)
    except psycopg.Error as error:
        raise LogError(f"{told(database)} cannot be reached: {error}") from error
