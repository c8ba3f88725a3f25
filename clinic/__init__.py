"""Undercurrent: practice support for couples therapists."""
