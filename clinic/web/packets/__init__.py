"""Packets of worksheets, one by one or many in the background."""
