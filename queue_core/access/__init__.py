"""Who may come in, apart from the log: no event ever holds a name or a password.

Read in this order:

- ``roles``: who may do what, one table
- ``accounts``: what an account, a session and a device are; what a store promises
- ``refusals``: what the store refuses
- ``passwords``, ``lockout``, ``tokens``: hashing, back-off after failures, tokens
- ``sqlite_accounts``: the store in a file of its own; ``sqlite_tables``: its tables
- ``secrets``: the house's key, ticket secrets, subject keys
"""
