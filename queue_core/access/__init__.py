"""Who may come in, apart from the log: no event ever holds a name or a password.

Read in this order:

- ``roles``: who may do what, one table
- ``identities``, ``refusals``: accounts, sessions, devices; what is refused
- ``accounts``: the store; ``sessions`` and ``devices``: its two other doors
- ``notes`` and ``audit``: who did what, and how that gets into the log
- ``second_factors``: codes beside the password
- ``passwords``, ``lockout``, ``tokens``, ``recognised``: how they are kept safe
- ``tables``, ``shared_tables``: what a database must keep; ``sqlite_tables``: in a file
  of its own;
  ``postgres_tables``: in a database that several processes share
- ``secrets``: the house's key, ticket secrets, keyed hashes; ``postgres_key``: that
  all machines on one database have the same key
"""
