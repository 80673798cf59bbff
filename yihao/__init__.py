"""yihao."""
