"""The feed for other evaluation systems, /api/v1/."""
