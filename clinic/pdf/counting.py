"""Counting the pages of what was printed, inside a press."""

import io

import pikepdf


def count_pages(pdf: bytes) -> int:
    """Return how many pages a printed PDF has."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return len(document.pages)
