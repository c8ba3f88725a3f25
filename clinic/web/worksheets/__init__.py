"""Worksheets, blank or from a case."""
