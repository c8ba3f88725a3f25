"""Joint-session mode."""
