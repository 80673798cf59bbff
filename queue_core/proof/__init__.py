"""How it is proven that nobody has touched the record. Read in this order:

- ``merkle``: the tree of RFC 9162 and its proofs; ``checking``: who checks them
- ``leaves``: what a leaf is: exactly what is stored of an event
- ``heads``: what is signed at the end of a day, as text
- ``signing``: who signs and who checks; ``ed25519``, ``sm2``: in which way
- ``keys``: the hall's signing key in a file

Nothing here reads a log. The formats stand in ``docs/proof.md``.
"""
