"""The day's spot-check report: what an inspector reads first, signs and keeps.

Reading order: ``figures.py`` (volumes, waits, windows, evaluations), ``points.py``
(what is worth a look, with its versions; rules in ``points_of_windows.py`` and
``points_of_services.py``), ``report.py`` (both together), ``sentences.py`` and
``words.py`` (the language), ``plots.py`` (SVG), ``page.py`` with ``sections.py``,
``document.py`` and ``style.py`` (the HTML document), ``sheets.py`` (the workbook),
``writing.py`` (files). Everything but ``writing.py`` is pure.
"""

from __future__ import annotations
