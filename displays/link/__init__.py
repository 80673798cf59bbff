"""The live link: what happens in the hall, on every screen, at once.

Read in this order:

    frames.py      one frame: [kind, topic, epoch, seq, sent_at, body] in MessagePack
    protocol.py    the server's side of one connection, without I/O
    channel.py     one topic: its seq, its recent deltas, its snapshot, its readers
    halls.py       a hall behind the link: its day, its epoch, its topics
    screens.py     what the screens have drawn, by their own reports
    press.py       frames made ready for the socket, each once
    fan_out.py     prepared frames out to thousands, in one loop
    hub.py         commits in, frames out: who gets what, and in which order
    phones.py      phones, which are thousands and come last
    connection.py  one socket: hello, access, subscriptions
    transport.py   the socket's own watchdog: a stalled reader is cut off
    server.py      the listener in its own thread; the hand-over from the main loop
    client.py      the other end without I/O; tests/link_vectors hold it to the pages
    follower.py    the other end with I/O, for rehearsals and tests
"""
