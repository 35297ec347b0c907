"""The phone: prepare pages ahead, serve them, take what is submitted."""
