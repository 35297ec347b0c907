"""Arithmetic of Likert scales: definitions as data, and pure functions on arrays of answers."""
