"""What holds, as plain data and pure functions: no session, no clock, no web."""
