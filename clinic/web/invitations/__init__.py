"""Inviting partners to answer, and seeing where each of them stands."""
