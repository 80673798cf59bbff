"""Drill: input that means no good, to every door of the house, without end.

- ``texts``: values that have broken other software, and bytes that are spoilt;
- ``requests``: HTTP requests, made of the house's own description of its interface;
- ``frames``: messages to the live link;
- ``folders``: profiles that are spoilt;
- ``doors``: sending all this to a real house, and judging what comes back;
- ``drill``: the drill, which the tests run with fewer inputs.

Everything is drawn from one generator: the same seed sends the same.
"""
