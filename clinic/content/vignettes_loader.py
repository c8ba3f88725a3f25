"""Reads the demo practice: who works there, and the invented cases they treat.

Nothing in these files reaches a real practice, and only the demo reads them. All faults are named
at once, each with its file.
"""

import json
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from pydantic import ValidationError

from clinic.content.library import Concern, Library
from clinic.content.loader import ContentError
from clinic.content.schema import ContentFile
from clinic.content.vignettes_schema import PracticeFile, Vignette

FOLDER = Path(__file__).with_name("vignettes")
PRACTICE = "practice"

File = TypeVar("File", bound=ContentFile)


@dataclass(frozen=True, slots=True)
class Demo:
    """The demo practice, the concern its cases are about, and its vignettes by file name."""

    practice: PracticeFile
    concern: Concern
    vignettes: Mapping[str, Vignette]


def load_demo(library: Library, folder: Path = FOLDER) -> Demo:
    """Read the practice and its vignettes; every key they use is one of its concern's.

    Raises ContentError for a fault in any file, and for a vignette that not exactly one clinician
    treats.
    """
    faults: list[str] = []
    practice = _load(PracticeFile, folder / f"{PRACTICE}.toml", faults, library=library)
    if practice is None:
        raise ContentError(faults)
    concern = library.concerns[practice.concern]
    vignettes = {
        path.stem: vignette
        for path in sorted(folder.glob("*.toml"))
        if path.stem != PRACTICE
        if (vignette := _load(Vignette, path, faults, concern=concern))
    }
    faults += () if faults else _untreated(practice, vignettes)
    if faults:
        raise ContentError(faults)
    return Demo(practice, concern, MappingProxyType(vignettes))


def _load(kind: type[File], path: Path, faults: list[str], **context: object) -> File | None:
    """Return a file, or add what is wrong with it to `faults`."""
    try:
        # Strict JSON reads arrays as tuples and names as enums, and guesses nothing else.
        text = json.dumps(tomllib.loads(path.read_text("utf-8")), default=str)
        return kind.model_validate_json(text, context=context)
    except ValidationError as error:
        for fault in error.errors():
            place = ".".join(str(part) for part in fault["loc"])
            faults.append(f"{path.name}: {place}: {fault['msg']}")
    except (OSError, ValueError) as error:  # not there, neither TOML nor, perhaps, UTF-8
        faults.append(f"{path.name}: {error}")
    return None


def _untreated(practice: PracticeFile, vignettes: Mapping[str, Vignette]) -> Iterator[str]:
    treated = Counter(name for clinician in practice.clinicians for name in clinician.treats)
    for name in sorted({*vignettes, *treated}):
        if name not in vignettes:
            yield f"{PRACTICE}.toml: clinicians: there is no vignette {name}"
        elif treated[name] != 1:
            yield f"{PRACTICE}.toml: clinicians: {treated[name]} of them treat {name}"
