"""The house's interface: routes as data, served once, described by themselves.

Read in this order: ``routes.py`` (what a route says), ``fields.py`` and
``requests.py`` (what may be asked), ``principals.py`` (who asks), ``reading.py`` and
``serving.py`` (the way of a request), ``answering.py``, ``refusals.py`` and
``statuses.py`` (what comes back), ``first_answers.py`` (what a repeat gets),
``pacing.py`` (how often), ``headers.py`` (what browsers must not do), ``openapi.py``
(the description for others).
"""
