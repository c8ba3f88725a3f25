"""How each partner answered to repair, for the treating clinician alone."""
