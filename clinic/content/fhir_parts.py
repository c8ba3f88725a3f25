"""One object of a FHIR file, read field by field; whatever does not fit is noted by name."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from clinic.content.fhir_json import is_storable

LONGEST_TEXT = 4000
LARGEST = 999_999_999
#: Decimal places, as many as an answer may have.
FINEST = 6

#: What may stand on any element and changes nothing: ids, and notes on a primitive's presentation.
_HARMLESS = frozenset({"id", "extension"})


@dataclass(frozen=True)
class Part:
    """An object, the name its faults are told under, and the one list they are all noted in."""

    name: str
    values: Mapping[str, object]
    faults: list[str]

    def refuse(self, reason: str) -> None:
        """Note a fault of this part."""
        self.faults.append(f"{self.name}: {reason}")

    def allow(self, known: Iterable[str], passed_over: Iterable[str] = ()) -> None:
        """Refuse every field but these; `passed_over` are known and change no question."""
        fields = {field.removeprefix("_") for field in self.values}
        for field in sorted(fields - _HARMLESS - set(known) - set(passed_over)):
            self.refuse(f"“{field[:40]}” is not supported")

    def text(self, field: str, *, needed: bool = False) -> str:
        """Give a text, or "" and a fault where there must be one."""
        value = self.values.get(field)
        if value is None:
            if needed:
                self.refuse(f"“{field}” is missing")
            return ""
        if not isinstance(value, str) or not value.strip():
            self.refuse(f"“{field}” is not a text")
        elif len(value) > LONGEST_TEXT:
            self.refuse(f"“{field}” is longer than {LONGEST_TEXT:,} letters")
        elif not is_storable(value):
            self.refuse(f"“{field}” holds signs that cannot be stored")
        else:
            return value
        return ""

    def is_set(self, field: str) -> bool:
        """Tell whether a yes-or-no field says yes; left out is no."""
        value = self.values.get(field, False)
        if not isinstance(value, bool):
            self.refuse(f"“{field}” is neither true nor false")
        return value is True

    def number(self, field: str) -> Decimal | None:
        """Give a number, or None where there is none that can be used."""
        value = self.values.get(field)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | Decimal):
            self.refuse(f"“{field}” is not a number")
            return None
        number = Decimal(value)
        if abs(number) > LARGEST or number != round(number, FINEST):
            self.refuse(f"“{field}” is too large or too fine")
            return None
        return number

    def whole(self, field: str) -> int | None:
        """Give a whole number, or None where there is none."""
        number = self.number(field)
        if number is not None and number != int(number):
            self.refuse(f"“{field}” is not a whole number")
            return None
        return None if number is None else int(number)

    def part(self, field: str) -> "Part | None":
        """Give the object in a field, or None."""
        value = self.values.get(field)
        if isinstance(value, dict):
            return Part(f"{self.name} {field}", value, self.faults)
        if value is not None:
            self.refuse(f"“{field}” is not an object")
        return None

    def parts(self, field: str, most: int) -> list["Part"]:
        """Give the objects listed in a field, at most so many."""
        rows = self.values.get(field, [])
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            self.refuse(f"“{field}” is not a list of objects")
            return []
        if len(rows) > most:
            self.refuse(f"“{field}” lists more than {most}")
            return []
        return [
            Part(f"{self.name} {field} {place}", row, self.faults)
            for place, row in enumerate(rows, 1)
        ]

    def value_of(self, prefix: str) -> str:
        """Name the one field of a choice of types, such as "valueCoding", or "" with a fault."""
        found = sorted(
            field
            for field in self.values
            if field.startswith(prefix) and field[len(prefix) :][:1].isupper()
        )
        if len(found) == 1:
            return found[0]
        self.refuse(f"one “{prefix}[x]” is needed")
        return ""
