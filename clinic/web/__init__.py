"""Undercurrent as pages."""
