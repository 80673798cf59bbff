"""The log: what has happened, in streams, for ever. Read in this order.

- ``event_log``: what every store promises (``EventLog``, ``Recorded``)
- ``streams``: the names of the streams
- ``codec``: events to bytes and back, under stable names, with upcasts
- ``sqlite_log``: the embedded store; ``sqlite_store`` and
  ``sqlite_connection``: its recorder and how its file is opened
- ``sqlite_file_store``, ``postgres_store``: tables beside the log, which forget
- ``file_lock``: one server on one file
- ``memory_log``: the same promises without a disk, for tests
"""
