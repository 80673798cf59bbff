"""Faults on purpose, for hours: ``yihao soak``. The tests run the same drills, shorter.

Read in this order:

- ``small_hall``: the hall in which it all happens; ``callers``: who gives commands
- ``truth``: what must hold of the log, of every answer and of every refusal
- ``ground``: the store on which a drill is run
- ``stations``, ``load``: desks in this process, and callers who never give up
- ``orders``, ``serving_process``, ``nursery``: halls in processes of their own
- ``kill``, ``race``, ``outages``, ``cuts``, ``slowness``, ``full_disk``, ``clocks``,
  ``doubles``, ``damage``: the drills
- ``drills``: all of them by name; ``main``: round after round
"""
