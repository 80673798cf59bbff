"""The parts of the live picture of a hall-day; ``projections.live_hall`` is its door.

Read in this order:

    places.py    tickets, windows, calls, services, zones and figures as they stand
    load.py      the load by half hours
    effects.py   what one event touched, for the topics of the link
    moves.py     a ticket joins or leaves a line, a window, the parked
    day_fold.py, duty_fold.py, notice_fold.py, ticket_fold.py, undo_fold.py
                 one function per event
"""
