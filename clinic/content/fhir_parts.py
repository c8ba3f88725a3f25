"""One object of a FHIR file, read field by field; whatever does not fit is noted by name."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from clinic.content.fhir_json import is_storable
from clinic.domain.said import Said, say

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

    def refuse(self, reason: Said) -> None:
        """Note a fault of this part."""
        self.faults.append(say("%(part)s: %(reason)s", part=self.name, reason=reason))

    def allow(self, known: Iterable[str], passed_over: Iterable[str] = ()) -> None:
        """Refuse every field but these; `passed_over` are known and change no question."""
        fields = {field.removeprefix("_") for field in self.values}
        for field in sorted(fields - _HARMLESS - set(known) - set(passed_over)):
            self.refuse(say("“%(field)s” is not supported", field=field[:40]))

    def text(self, field: str, *, needed: bool = False) -> str:
        """Give a text, or "" and a fault where there must be one."""
        value = self.values.get(field)
        if value is None:
            if needed:
                self.refuse(say("“%(field)s” is missing", field=field))
            return ""
        if not isinstance(value, str) or not value.strip():
            self.refuse(say("“%(field)s” is not a text", field=field))
        elif len(value) > LONGEST_TEXT:
            self.refuse(
                say(
                    "“%(field)s” is longer than %(longest_text)s letters",
                    field=field,
                    longest_text=f"{LONGEST_TEXT:,}",
                )
            )
        elif not is_storable(value):
            self.refuse(say("“%(field)s” holds signs that cannot be stored", field=field))
        else:
            return value
        return ""

    def is_set(self, field: str) -> bool:
        """Tell whether a yes-or-no field says yes; left out is no."""
        value = self.values.get(field, False)
        if not isinstance(value, bool):
            self.refuse(say("“%(field)s” is neither true nor false", field=field))
        return value is True

    def number(self, field: str) -> Decimal | None:
        """Give a number, or None where there is none that can be used."""
        value = self.values.get(field)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | Decimal):
            self.refuse(say("“%(field)s” is not a number", field=field))
            return None
        number = Decimal(value)
        if abs(number) > LARGEST or number != round(number, FINEST):
            self.refuse(say("“%(field)s” is too large or too fine", field=field))
            return None
        return number

    def whole(self, field: str) -> int | None:
        """Give a whole number, or None where there is none."""
        number = self.number(field)
        if number is not None and number != int(number):
            self.refuse(say("“%(field)s” is not a whole number", field=field))
            return None
        return None if number is None else int(number)

    def part(self, field: str) -> "Part | None":
        """Give the object in a field, or None."""
        value = self.values.get(field)
        if isinstance(value, dict):
            return Part(f"{self.name} {field}", value, self.faults)
        if value is not None:
            self.refuse(say("“%(field)s” is not an object", field=field))
        return None

    def parts(self, field: str, most: int) -> list["Part"]:
        """Give the objects listed in a field, at most so many."""
        rows = self.values.get(field, [])
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            self.refuse(say("“%(field)s” is not a list of objects", field=field))
            return []
        if len(rows) > most:
            self.refuse(say("“%(field)s” lists more than %(most)s", field=field, most=most))
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
        self.refuse(say("one “%(prefix)s[x]” is needed", prefix=prefix))
        return ""
