"""What happened in the couple's life, and the behaviours beside it, along one axis."""
