"""Is there a difference, how large is it, and do the groups understand the items alike."""
