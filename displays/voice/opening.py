"""Opening the voice of the house: recorded clips, spoken ones, or none."""

from __future__ import annotations

import logging
from pathlib import Path

from .clips import Clips, ClipsUnusable, read_clips
from .making import VoiceMissing, make_clips


logger = logging.getLogger(__name__)


def open_voice(folder: Path) -> Clips | None:
    """Return the voice whose clips are in a folder; what is missing is spoken there.

    None, and a word in the log, if there is no voice: calls are then spoken by the
    screens that can, and shown by all.
    """
    try:
        make_clips(folder)
    except VoiceMissing as missing:
        if not folder.is_dir():
            logger.info("screens speak for themselves: %s", missing)
            return None
    except OSError as error:
        logger.error("the clips in %s cannot be written: %s", folder, error)
    try:
        clips = read_clips(folder)
    except ClipsUnusable as unusable:
        logger.error("%s", unusable)
        return None
    return clips if clips.languages else None
