"""Keys: one master key on disk, and the key of each practice, layer and person made from it."""
