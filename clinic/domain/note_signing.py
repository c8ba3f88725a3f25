"""What is signed of a note: all of it in one exact text, and a hash that shows any change of it.

The text holds everything the reader of a signed note is shown: the appointment and who took part,
every block with its label, who signed and when. So a later change of a name, of the appointment or
of the form of notes changes nothing that was signed.

Source: clinical.md 5.5 (signed and locked: hash, time, name and credential).
"""

import hashlib
import json
import unicodedata
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class SignedBlock:
    """One text as it was signed; `about` is a partner's name, or ""."""

    label: str
    about: str
    words: str


@dataclass(frozen=True, slots=True)
class Took:
    """How one partner took part, by name; the rest as the appointment stores it, "" if unknown."""

    name: str
    attendance: str
    minutes_late: int | None = None
    joined_by: str = ""


@dataclass(frozen=True, slots=True)
class SignedNote:
    """A note as it was signed. Days and times are ISO 8601, times with a zone, "" if unknown."""

    note: str
    appointment: str
    number: int
    served_on: str
    began_at: str
    ended_at: str
    kind: str
    took_part: tuple[Took, ...]
    format: str
    title: str
    blocks: tuple[SignedBlock, ...]
    name: str
    credential: str
    signed_at: str


def canonical(signed: SignedNote) -> str:
    """Write a signed note as the one exact text that is hashed: JSON, sorted, without blanks, NFC.

    >>> note = SignedNote("n", "a", 1, *[""] * 4, (), "dap", "DAP", (), "I", "", "")
    >>> canonical(note)[:46]
    '{"appointment":"a","began_at":"","blocks":[],"'
    """
    plain = json.dumps(asdict(signed), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return unicodedata.normalize("NFC", plain)


def read(text: str) -> SignedNote:
    """Read a signed note back from its exact text.

    >>> note = SignedNote("n", "a", 1, *[""] * 4, (), "dap", "DAP", (), "I", "", "")
    >>> read(canonical(note)) == note
    True
    """
    known: dict[str, Any] = json.loads(text)
    return SignedNote(
        **{
            **known,
            "took_part": tuple(Took(**each) for each in known["took_part"]),
            "blocks": tuple(SignedBlock(**each) for each in known["blocks"]),
        }
    )


def digest(text: str) -> str:
    """Hash an exact text with SHA-256, as 64 hexadecimal letters.

    >>> digest("")[:8]
    'e3b0c442'
    """
    return hashlib.sha256(text.encode()).hexdigest()


def exact(*parts: str) -> str:
    """Write several texts as one exact text; where each of them ends counts too.

    >>> exact("ab", "c") == exact("a", "bc")
    False
    """
    plain = json.dumps(parts, ensure_ascii=False, separators=(",", ":"))
    return unicodedata.normalize("NFC", plain)
