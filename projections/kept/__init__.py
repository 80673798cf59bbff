"""Kept projections: what reports of a month or a year are made of, without the record.

The log is read once, page by page, and what it says about finished services and about
every hall-day is kept in tables. Read in this order:

- ``service_rows``: one row for each finished service; ``tallies``, ``day_figures``:
  what is counted in a day, and for whom
- ``open_day``, ``day_fold``: the fold of a hall-day, which goes on at any event;
  ``page_fold``: a page of the log, whatever halls and days are in it
- ``store``: what every store of the tables promises; ``sql_tables``, ``sql_store``,
  ``sqlite_store``, ``postgres_store``: the tables in a file and in a database
- ``rebuilding``: reading on, and anew; ``verifying``: the tables beside their rebuild
"""

from __future__ import annotations
