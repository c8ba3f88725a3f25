"""The pages of a FHIR questionnaire, in the order of the file.

A group begins a page, and so does what follows it. A text to read stands before the questions of
its page, or beside the question it comes before.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from clinic.content.fhir_conditions import Asked, clauses_of
from clinic.content.fhir_extensions import known_extensions
from clinic.content.fhir_items import FIELDS, KINDS, PASSED_OVER, question, words_of
from clinic.content.fhir_parts import Part
from clinic.domain.conditions import Clause
from clinic.domain.items import Item, Page
from clinic.domain.said import say

MOST_ITEMS = 500
_LONGEST_LINK_ID = 255


@dataclass
class Booklet:
    """Collects pages and questions while the file is read; `asked` is by linkId, in order."""

    title: str
    value_sets: Mapping[str, Part]
    pages: list[Page] = field(default_factory=list)
    asked: dict[str, Asked] = field(default_factory=dict)
    _link_ids: set[str] = field(default_factory=set)
    _intro: list[str] = field(default_factory=list)
    _items: list[Item] = field(default_factory=list)
    _beside: list[tuple[Part, tuple[Clause, ...]]] = field(default_factory=list)

    def read(self, questionnaire: Part) -> None:
        """Read every item; faults are noted in the part."""
        self._walk(questionnaire, self.title, ())
        self._end_page(self.title)
        if not self.asked:
            questionnaire.refuse(say("it asks nothing"))

    def _walk(self, parent: Part, title: str, outer: tuple[Clause, ...]) -> None:
        for row in parent.parts("item", MOST_ITEMS):
            if len(self._link_ids) >= MOST_ITEMS:
                row.refuse(say("there are more than %(most_items)s items", most_items=MOST_ITEMS))
                return
            part = self._named(row)
            clauses = (*outer, *clauses_of(part, self.asked))
            match part.text("type", needed=True):
                case "group":
                    self._group(part, title, clauses)
                case "display":
                    self._display(part, clauses)
                case kind if kind in KINDS:
                    self._question(part, kind, clauses)
                    self._walk(part, title, clauses)
                case kind:
                    part.refuse(say("the type “%(kind)s” is not supported", kind=kind[:40]))
                    self._walk(part, title, clauses)

    def _named(self, row: Part) -> Part:
        link_id = row.text("linkId", needed=True)
        if len(link_id) > _LONGEST_LINK_ID:
            row.refuse(
                say(
                    "its linkId is longer than %(longest_link_id)s letters",
                    longest_link_id=_LONGEST_LINK_ID,
                )
            )
        if link_id in self._link_ids:
            row.refuse(say("the linkId “%(link_id)s” is used twice", link_id=link_id[:40]))
        # A row without a linkId counts, too.
        self._link_ids.add(link_id or row.name)
        return replace(row, name=link_id[:40]) if link_id else row

    def _group(self, part: Part, outer_title: str, clauses: tuple[Clause, ...]) -> None:
        part.allow(FIELDS, PASSED_OVER)
        known_extensions(part)
        if part.is_set("repeats"):
            part.refuse(say("“repeats” is not supported for group"))
        self._end_page(outer_title)
        title = words_of(part) or outer_title
        self._walk(part, title, clauses)
        self._end_page(title)

    def _display(self, part: Part, clauses: tuple[Clause, ...]) -> None:
        part.allow(FIELDS - {"item", "repeats"}, PASSED_OVER)
        known_extensions(part)
        words = words_of(part, needed=True)
        if self._items or self._beside or clauses:
            self._beside.append((part, clauses))
        else:
            self._intro.append(words)

    def _question(self, part: Part, kind: str, clauses: tuple[Clause, ...]) -> None:
        one = question(part, kind, clauses, self.value_sets)
        if any(known.item.key == one.item.key for known in self.asked.values()):
            part.refuse(say("its linkId cannot be told from another one"))
        self.asked[part.text("linkId")] = one
        self._items.append(replace(one.item, hint=self._hint(clauses)))

    def _hint(self, clauses: tuple[Clause, ...]) -> str:
        for part, needed in self._beside:
            if not set(needed) <= set(clauses):
                part.refuse(
                    say("this text has a condition that the question after it does not have")
                )
        words = [words_of(part) for part, _ in self._beside]
        self._beside.clear()
        return "\n".join(words)

    def _end_page(self, title: str) -> None:
        if self._items or self._intro:
            self._add_page(title)
        if any(clauses for _, clauses in self._beside):
            self._beside[0][0].refuse(
                say("this text has a condition, and no question comes after it")
            )
        self._intro += [words_of(part) for part, _ in self._beside]
        self._beside.clear()
        if self._intro:
            self._add_page(title)

    def _add_page(self, title: str) -> None:
        key = f"page-{len(self.pages) + 1}"
        self.pages.append(Page(key, title, tuple(self._intro), tuple(self._items)))
        self._intro.clear()
        self._items.clear()
