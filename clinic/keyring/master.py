"""The master key: one file beside the data, and one sheet of paper in the practice's safe.

Whoever has the database without this key has nothing readable; whoever loses the key loses the
records. That is why it is printed once as a recovery sheet (security.md 3.3).
"""

import base64
import hashlib
import os
import secrets
import stat
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from clinic.keyring.derivation import KEY_BYTES, derive
from clinic.keyring.errors import KeyProblemError

#: Letters per group on the recovery sheet: what an eye can carry from paper to keyboard.
GROUP = 4
CHECK_BYTES = 3
NONCE_BYTES = 12


@dataclass(frozen=True)
class MasterKey:
    """The secret from which everything else is derived: 32 random bytes."""

    secret: bytes = field(repr=False)

    def derive(self, *purpose: str) -> bytes:
        """Make the 32-byte key for one purpose."""
        return derive(self.secret, *purpose)

    def wrap(self, data_key: bytes, version: int) -> bytes:
        """Lock a data key, bound to its version, so that it can lie in the database."""
        nonce = secrets.token_bytes(NONCE_BYTES)
        cipher = AESGCM(self.derive("wrap"))
        return nonce + cipher.encrypt(nonce, data_key, f"data-key|{version}".encode())

    def unwrap(self, wrapped: bytes, version: int) -> bytes:
        """Open a locked data key, or raise KeyProblemError when it was locked by another key."""
        cipher = AESGCM(self.derive("wrap"))
        nonce, sealed = wrapped[:NONCE_BYTES], wrapped[NONCE_BYTES:]
        try:
            return cipher.decrypt(nonce, sealed, f"data-key|{version}".encode())
        except (InvalidTag, ValueError):
            raise KeyProblemError(
                "The key file does not belong to this database. Put back the key file that was"
                " made with it, or type in its recovery sheet: flask --app wsgi restore-key"
            ) from None


def new_master_key() -> MasterKey:
    """Make a fresh master key from the system's random source."""
    return MasterKey(secrets.token_bytes(KEY_BYTES))


def recovery_code(key: MasterKey) -> str:
    """Write the key as groups of letters and digits for paper, with a checksum at its end."""
    check = hashlib.sha256(key.secret).digest()[:CHECK_BYTES]
    letters = base64.b32encode(key.secret + check).decode()
    return " ".join(letters[start : start + GROUP] for start in range(0, len(letters), GROUP))


def from_recovery_code(code: str) -> MasterKey:
    """Read a typed recovery code; spaces, dashes and small letters do not matter.

    Raises KeyProblemError when it was mistyped: the checksum tells.
    """
    letters = "".join(code.split()).replace("-", "").upper().replace("0", "O").replace("1", "I")
    try:
        content = base64.b32decode(letters)
    except ValueError:
        content = b""
    secret, check = content[:KEY_BYTES], content[KEY_BYTES:]
    if len(secret) != KEY_BYTES or hashlib.sha256(secret).digest()[:CHECK_BYTES] != check:
        raise KeyProblemError("That is not a whole recovery code. Check it group by group.")
    return MasterKey(secret)


def read_master_key(path: Path) -> MasterKey:
    """Read the key file. Raises KeyProblemError when it is missing, open to others or damaged."""
    try:
        mode = stat.S_IMODE(path.stat().st_mode)
        content = path.read_text(encoding="ascii")
    except FileNotFoundError:
        raise KeyProblemError(
            f"The key file {path} is missing. Put it back from your backup, or type in the"
            " recovery sheet: flask --app wsgi restore-key"
        ) from None
    except (OSError, UnicodeDecodeError) as fault:
        raise KeyProblemError(f"The key file {path} cannot be read: {fault}.") from None
    if mode & 0o077:
        raise KeyProblemError(
            f"Others on this computer could read the key file. Close it with: chmod 600 {path}"
        )
    try:
        return from_recovery_code(content)
    except KeyProblemError:
        raise KeyProblemError(
            f"The key file {path} is damaged. Type in the recovery sheet:"
            " flask --app wsgi restore-key"
        ) from None


def write_master_key(path: Path, key: MasterKey) -> None:
    """Put the key on disk for its owner alone (mode 0600), never over another key.

    Written under another name and linked into place, so that a crash leaves no half key.
    """
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(recovery_code(key) + "\n")
            file.flush()
            os.fsync(file.fileno())
        os.link(draft, path)
    except FileExistsError:
        raise KeyProblemError(f"There is already a key at {path}; it was left as it is.") from None
    finally:
        draft.unlink(missing_ok=True)
