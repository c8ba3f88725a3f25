"""What the treating clinician sees once answers are in, safety first."""
