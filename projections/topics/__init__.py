"""What the live link says about a hall: a state and its changes for every topic.

    names.py     topics by name: board/<hall>, window/<hall>/<window>, ticket/<id>, …
    board.py     hall board and zone boards
    window.py    the sign and the pad of a window
    ticket.py    one ticket, for its phone
    console.py   a clerk's console
    manager.py   the hall manager's page
    notices.py   notices, as several of these topics tell them
    followed.py  the followed topics of one hall: snapshots, and changes per commit
    relative.py  what is new in a frame, relative to the frame
    reduce.py    the other end: a state and changes give the next state

States and changes are plain lists (positional, none is None); what stands at which
place is told at the top of each module, and ``tests/link_vectors`` holds examples.
"""
