"""The clinical rules, in plain Python that runs with nothing else installed."""
