"""What a drill has counted, for the table."""

from __future__ import annotations


Figures = dict[str, int]
"""What was counted → how often."""
