"""Staff at their windows and in the hall's office: HTTP handlers and pages.

Read in this order: ``window_answers.py`` and ``staff_answers.py`` (what is asked and
answered), ``sessions.py`` (signing in), ``duty.py``, ``calls.py`` and ``services.py``
with ``clerk_commands.py`` and ``window_state.py`` (a clerk's day), ``tickets.py``,
``histories.py`` and ``office.py`` (the manager's), ``reports.py``, ``devices.py``,
``accounts.py``.
"""

from __future__ import annotations
