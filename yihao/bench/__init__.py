"""``yihao bench``: how fast the house is, beside a limit or rival of the same run.

Read in this order:

- ``rows``: what a measure returns; ``rounds``: subject and rival in turn
- ``plan``: sizes, store and folder of a run; ``measures``: the list of all measures
- ``city_hall``, ``callers``, ``played_day``: the hall, its callers, and a whole day
- one module for each measure: ``desk``, ``desk_postgres``, ``http``, ``flat``,
  ``fold``, ``rival``, ``live`` (``live_stage``, ``live_links``), ``memory``, ``report``,
  ``rebuild``, ``year``
- ``machine``, ``tables``, ``plots``, ``main``: facts of the machine, and what is told
"""

from __future__ import annotations
