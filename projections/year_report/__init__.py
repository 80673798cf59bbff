"""The year's report: how the hall's work, waits and evaluations went, and where.

It is made of the kept figures of every day, not of the record itself, and names the
position of the log up to which those were gathered. Reading order: ``figures.py`` (the
sums), ``report.py`` (all of it), ``groups.py`` (zones, windows and so on),
``measures.py`` (what is told of each), ``sentences.py`` and ``words.py`` (the
language), ``page.py`` with ``sections.py`` (the HTML document), ``sheets.py`` (the
workbook), ``writing.py`` (both). The look, the tables and the drawings are those of
``day_report``. Everything but ``writing.py`` is pure.
"""

from __future__ import annotations
