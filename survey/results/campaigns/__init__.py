"""What a campaign received, by whom as far as it may be told."""
