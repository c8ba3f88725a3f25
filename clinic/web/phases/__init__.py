"""The phases of the work: ticks, moves and what comes first."""
