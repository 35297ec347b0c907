"""From what was counted to the figures of a scale and of its items, and why some do not exist."""
