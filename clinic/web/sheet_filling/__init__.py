"""Filling worksheets from a case, for pages and for what prints in the background."""
