"""From a questionnaire to the ways in: publish, launch, invite."""
