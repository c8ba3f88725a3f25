"""What a clinician can do: one function an act, and each act is one transaction."""
