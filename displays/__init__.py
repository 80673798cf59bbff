"""What the public sees: HTTP handlers, slips, the live link and the pages.

Read in this order: ``hall_answers.py`` and ``ticket_answers.py`` (what is asked and
answered), ``halls.py`` with ``hall_labels.py`` (the hall, its items, how it stands),
``tickets.py`` with ``ticket_state.py`` (taking a number, the holder's wishes),
``evaluations.py``, ``slip.py``, ``printing.py`` and ``slips.py`` (paper), ``pages.py``
(the built pages), ``link/`` (everything live).
"""

from __future__ import annotations
