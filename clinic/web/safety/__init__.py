"""What the treating clinician alone keeps about safety."""
