"""Links, codes, channels, pairs: how people get in, and how far a way is trusted."""
