"""Reads one content file, or a folder of them, and names every fault at once with its place.

What leaves here has passed a strict model: nothing missing, nothing too many, nothing guessed.
"""

import json
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from clinic.content.loader import ContentError

Model = TypeVar("Model", bound=BaseModel)
Value = TypeVar("Value")


def read_file(path: Path, model: type[Model]) -> Model:
    """Read one file, or raise ContentError with its name and each fault's place."""
    try:
        text = path.read_text("utf-8")
    except ValueError as error:  # not UTF-8
        raise ContentError([f"{path.name}: {error}"]) from None
    return checked(path.name, parsed(path.name, text), model)


def parsed(name: str, text: str) -> dict[str, Any]:
    """Read TOML, or raise ContentError with the file's name."""
    try:
        return tomllib.loads(text)
    except ValueError as error:
        raise ContentError([f"{name}: {error}"]) from None
    except RecursionError:
        raise ContentError([f"{name}: it is nested too deep"]) from None


def checked(name: str, document: Mapping[str, Any], model: type[Model]) -> Model:
    """Hold a file's content against its model, or raise ContentError with each fault's place."""
    try:
        # Strict JSON reads arrays as tuples and names as enums, and guesses nothing else.
        return model.model_validate_json(json.dumps(document, default=str))
    except ValidationError as error:
        raise ContentError(
            f"{name}: {'.'.join(str(step) for step in fault['loc'])}: {fault['msg']}"
            for fault in error.errors()
        ) from None
    except ValueError as error:  # a number of thousands of digits
        raise ContentError([f"{name}: {error}"]) from None


def read_folder(folder: Path, read: Callable[[Path], Value]) -> Mapping[str, Value]:
    """Read every file of a folder by its name without ending, in order.

    Raises one ContentError for all faulty files, and one for a folder without any.
    """
    values: dict[str, Value] = {}
    faults: list[str] = []
    for path in sorted(folder.glob("*.toml")):
        try:
            values[path.stem] = read(path)
        except ContentError as error:
            faults += error.faults
    if not values and not faults:
        faults.append(f"{folder.name}: there is no file")
    if faults:
        raise ContentError(faults)
    return MappingProxyType(values)
