"""Answers collected elsewhere: read an export, let it wait, and say what it becomes."""
