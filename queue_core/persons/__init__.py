"""Who persons are, apart from the log, for as long as the hall's profile says.

An event knows a person by a random subject key and nothing else. What identifies him
lies here, encrypted under a key of his own; without that key nobody knows any longer
whose subject key it was. Read in this order:

- ``identifiers``: identity numbers, mobile phones and names as they are typed
- ``masks``: what a screen may show of them; ``redaction``: what a log may not
- ``ciphers``: AES-256-GCM, SM4-GCM; ``sealing``: as the library does it;
  ``master_key``: the key that wraps all others; ``envelope``: a person's key, and his
  identifiers under it
- ``tables``, ``sql_tables``: what is kept; ``sqlite_store``, ``postgres_store``: where
- ``persons``: recognised, kept, reminded, held and erased; ``refusals``: or not;
  ``person_store``: all of it, for an event loop
"""
