"""What a house is attacked with, and what must hold: see docs/security.md."""
