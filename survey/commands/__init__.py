"""The minyi commands, one file a command."""
