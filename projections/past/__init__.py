"""A hall as it stood at any version of any day, from the log alone.

branching.py   a second live picture that goes its own way from where a first stands
past_day.py    one day: its events, and pictures of it that are kept to go on from
past_days.py   the days that were looked at last, read from the log or an archive
telling.py     any event of a day in words
"""
