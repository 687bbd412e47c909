"""Tables of employment mapped: what is kept of them and shown of a year."""
