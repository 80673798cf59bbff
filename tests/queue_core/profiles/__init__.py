"""Tests of hall profiles: reading, checking, hours, rules and item search."""
