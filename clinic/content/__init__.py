"""Reviewed clinical content as data, and what reads it."""
