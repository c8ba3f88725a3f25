"""What the keyring refuses, in sentences a practice can act on."""


class KeyProblemError(Exception):
    """A key is missing, damaged or not the one this database was written with."""


class ClosedLayerError(Exception):
    """The keyring was made for an audience that must not read the layer."""
