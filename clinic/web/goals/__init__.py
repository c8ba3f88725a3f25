"""Repair goals and their ratings."""
