"""What is proven of the record, and to whom. Read in this order:

- ``sealing``: the signed head of a day that is over, made from the log
- ``day_proofs``: the trees of days: a ticket's proof, a head, its beginning
- ``checking``: ``yihao verify --proof``: every day against its signed head
"""
