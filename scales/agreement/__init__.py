"""Do the people who rate one unit agree, and does the unit's mean say anything."""
