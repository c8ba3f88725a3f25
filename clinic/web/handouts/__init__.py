"""Handing sheets out, and what came back of them."""
