"""Saved readings: one in full, two side by side, and the summary that the couple is given."""
