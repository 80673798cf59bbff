"""The rehearsal: a hall's day played against the running server by its own clients.

Reading order: ``visitors.py`` (who comes), ``generator.py`` (a seeded day) and
``arrivals_file.py`` (a recorded day), ``accounts.py`` (who plays), ``hall_api.py``,
``live_link.py`` and ``hall_time.py`` (the public interfaces), ``witness.py`` (what was
seen), ``board_eyes.py``, ``citizen.py``, ``clerk.py``, ``pad.py`` (the players),
``judge.py`` (the referee, with ``judge_*.py``), ``table.py`` (the result) and
``main.py`` (the whole evening's programme).
"""

from __future__ import annotations
