"""Results put into words, tables and pages for people to read."""
