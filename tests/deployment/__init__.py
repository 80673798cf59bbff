"""The files with which a house is set up on an operator's machines."""
