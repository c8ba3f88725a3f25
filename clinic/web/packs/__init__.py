"""The questionnaires that a practice loads itself."""
