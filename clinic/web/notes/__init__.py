"""Notes: progress notes of a case, process notes apart from them, and finding words in both."""
