"""``yihao bench``: how fast the house is, beside a limit or rival of the same run.

Read in this order:

- ``rows``: what a measure returns; ``rounds``: what a stretch of work took
- ``plan``: sizes, store and folder of a run; ``measures``: the list of all measures
- ``city_hall``, ``callers``: the hall and its callers; ``played_day`` with
  ``played_clerk``, ``full_day``: a whole day, played by the rules
- ``desk``, ``desk_postgres`` with ``raw_sqlite``, ``raw_postgres``: beside raw inserts
- ``http`` with ``children``, ``house_child``, ``bare_child``, ``served_house``,
  ``http_client``: a served house beside a bare handler; ``memory``
- ``flat`` with ``crowded_hall``, ``old_log``; ``fold``; ``report``; ``rebuild``
- ``rival`` with ``rival_aggregates``: the event sourcing library's own aggregates
- ``year`` with ``year_writing``: a year of the record
- ``machine``, ``tables``, ``plots``, ``main``: facts of the machine, and what is told
"""

from __future__ import annotations
