"""The caseload and one case."""
