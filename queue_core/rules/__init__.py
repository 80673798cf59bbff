"""The rules of the hall, pure: read in this order.

- ``hall_day``: decide, evolve, fold for one day of business
- ``tickets``, ``lines``, ``state``: what is remembered
- ``dispatch``: who is next (earliest effective time); ``numbering``: ticket numbers
- ``issuing``, ``calling``, ``serving``, ``leaving``, ``duty``, ``day``: the decisions
- ``evolving``, ``moving``: what each event changes
- ``undoing``: a miss or a completion taken back, decided and evolved
- ``evaluation``, ``indicators``: one evaluation of a finished service
"""
