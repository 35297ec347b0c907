"""Every read, one file a topic."""
