"""Making one key from another, so that a single secret has to be kept."""

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_BYTES = 32


def derive(secret: bytes, *purpose: str) -> bytes:
    """Make the key for one purpose: HKDF-SHA256 (RFC 5869), 32 bytes.

    Parts of the purpose are joined by their lengths, so ("ab", "c") and ("a", "bc") differ.
    """
    info = b"".join(len(part.encode()).to_bytes(2, "big") + part.encode() for part in purpose)
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=info).derive(secret)
