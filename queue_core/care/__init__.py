"""The care of the record: kept safe, proven sound, moved and archived.

Every command of an operator is one function that takes plain arguments, blocks, tells
its progress and returns what came of it. Read in this order:

- ``places``: a log is a file or a database; ``rows``, ``opening``: its stored rows,
  undecoded; ``sqlite_rows``, ``sqlite_writer``, ``postgres_rows``, ``postgres_writer``
- ``backups``, ``backup_series``, ``restoration``: a house in a folder, and back;
  ``files``: whole or not; ``access_rows``: accounts and devices, which are in no log
- ``person_backups``: who persons are, apart from all other backups
- ``copies``: one store into another; ``exports``: JSON lines
- ``verification``: what is wrong; ``verdict``, ``positions``, ``day_checks``,
  ``stream_checks``; ``proof_checks``, ``seal_checks``, ``day_leaves``,
  ``beside_checks``: what was signed, and whether it still is so
- ``archives``: old days in files; ``archive_file``, ``archive_log``: the file, and the
  log that can be read from it; ``adopted_profiles``: how long each hall keeps its days
"""
