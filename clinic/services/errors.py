"""What a service may refuse."""


class MissingError(LookupError):
    """There is no such thing, or it is not this clinician's: the same answer for both."""


class StaleError(Exception):
    """Somebody else saved the same thing meanwhile; what was typed must not overwrite it."""


class RefusedError(ValueError):
    """A rule says no. `field` names the field it is about, "" for the whole form."""

    def __init__(self, message: str, field: str = "") -> None:
        super().__init__(message)
        self.field = field


class ThrottledError(Exception):
    """Too many wrong guesses within a short time."""
