"""Edits of a questionnaire file: pure steps from one document to the next, and its text."""
