"""Scores of standardised measures, entered by the therapist."""
