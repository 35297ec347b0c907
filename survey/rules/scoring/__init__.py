"""From valid sheets to figures: the plan, the run, what may be shown, what it means."""
