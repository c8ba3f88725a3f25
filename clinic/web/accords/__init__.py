"""The agreement that partners write together, its versions, and everybody's yes."""
