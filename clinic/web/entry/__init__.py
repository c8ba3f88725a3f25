"""The way in of a partner: the link, the PIN, and the tablet of the practice."""
