"""Asking partners for a check-in before an appointment, and reading what they sent."""
