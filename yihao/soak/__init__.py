"""Faults on purpose, for hours: ``yihao soak``. The tests run the same drills, shorter.

Read in this order:

- ``small_hall``: the hall in which it all happens; ``callers``: who gives commands
- ``truth``: what must hold of the log, of every answer and of every refusal
- ``ground``: the store on which a drill is run; ``figures``: what a drill counts
- ``stations``, ``load``: desks in this process, and callers who never give up
- ``orders``, ``serving_process``, ``nursery``: halls in processes of their own
- ``townships``: a whole house with a clock that can be set
- the drills: ``kill``, ``race``, ``outages``, ``cuts`` (through a ``proxy``),
  ``slowness``, ``full_disk``, ``clocks``, ``doubles``, ``damage``
- ``drills``: all of them by name; ``grounds``, ``rounds``, ``table``, ``main``: round
  after round, each on empty ground
"""
