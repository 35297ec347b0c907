"""From a posted form to a stored sheet: receive, mix, wind up."""
