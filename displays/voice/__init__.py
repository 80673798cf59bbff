"""The voice of a hall whose screens have none: announcements joined from clips.

Read in this order:

    wording.py   which clips an announcement is made of, and what each says
    clips.py     a folder of clips; announcements joined from them
    making.py    clips spoken by espeak-ng, for a hall that has recorded none
    opening.py   whatever voice there is

``announcements.py`` beside this package serves them.
"""
