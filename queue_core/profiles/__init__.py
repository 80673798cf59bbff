"""Hall profiles: a folder a hall's office edits, read whole or not at all.

In reading order:

- ``profile.py``: the whole content of a profile, as the house uses it
- ``hall_file.py``: the shape of ``hall.toml``; ``items_file.py``: that of ``items.csv``
- ``reading.py``: ``read_profile`` and ``check_profile``; ``checking.py`` and
  ``checking_*.py`` are what they look at, ``fitting.py`` the types, ``toml_lines.py``
  the line numbers, ``faults.py`` what they report
- ``rules.py``: the part of a profile that decisions need
- ``hours.py``: the instants of a business day
- ``search.py``: items by spoken words; ``spoken.py`` is how words are compared
- ``catalog.py`` and ``halls/``: the profiles that come with the house
"""
