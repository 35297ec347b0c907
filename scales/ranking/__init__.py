"""Ranks with their uncertainty, units that cannot be told apart, and shrunken means."""
