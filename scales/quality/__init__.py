"""Quality of answer sheets: values and flags, never deletions."""
