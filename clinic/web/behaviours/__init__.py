"""The symptom layer, and what was agreed."""
