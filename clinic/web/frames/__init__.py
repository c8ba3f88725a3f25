"""Frames beside the formulation: other ways to look at a case, all of them optional."""
