"""The front door: command line, settings, and the one place of composition.

Read in this order: ``cli.py`` (what may be typed), ``settings.py``, ``house.py`` (how
the house is put together), ``hall_opening.py`` and ``keeping.py`` (a hall and its day),
``bookkeeping.py`` (what reports of a year are made of, kept up in the background),
``recognising.py``, ``following.py`` and ``addresses.py`` (who comes, and from where),
``operating.py`` and ``observing.py`` (what an operator sees), ``demo.py``,
``rehearsal/`` (a day played by programs).
"""

from __future__ import annotations


__version__ = "0.1.0"
