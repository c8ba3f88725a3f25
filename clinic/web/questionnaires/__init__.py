"""The form a partner answers alone."""
