"""Reads a questionnaire file into definitions and notes everything that is wrong or doubtful."""
