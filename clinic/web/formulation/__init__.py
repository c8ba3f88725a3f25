"""The issue layer and the roll-up."""
