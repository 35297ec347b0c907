"""Questionnaires, answers and scores from and to other formats, one file a format."""
