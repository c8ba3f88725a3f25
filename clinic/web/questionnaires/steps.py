"""The pages of one partner's form, in order, and which of their items are asked just now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from clinic.domain.answers import NOTHING, AnswerState, Given
from clinic.domain.items import Item, Page, Questionnaire, counted, pages_for
from clinic.domain.packs import is_added
from clinic.services import packs, questionnaires
from clinic.services.errors import MissingError
from clinic.services.rows import Partner, QuestionnaireResponse
from clinic.web.answered import answered
from clinic.web.contents import INTAKE, reviewed
from clinic.web.database import get_db
from clinic.web.questionnaires.consents import consent_of
from clinic.web.questionnaires.forms import PREFER_NOT

#: What was left out is told by its own line of the review.
UNGIVEN = {AnswerState.DECLINED: PREFER_NOT}


@dataclass(frozen=True)
class Walk:
    """One partner's way through the form. Its length is the same whatever is answered."""

    partner: Partner
    questionnaire: Questionnaire
    pages: Sequence[Page]
    response: QuestionnaireResponse | None
    answers: Mapping[str, Given]
    unsigned: Page | None

    @property
    def is_sent(self) -> bool:
        """Tell whether the answers were handed over."""
        return self.response is not None and self.response.sent_at is not None

    def page(self, key: str) -> Page:
        """Find a page by its key."""
        found = next((page for page in self.pages if page.key == key), None)
        if found is None:
            raise MissingError(key)
        return found

    def is_open(self, page: Page) -> bool:
        """Tell whether everything that must be signed before a page has been."""
        return self.unsigned is None or self.place(page) <= self.place(self.unsigned)

    def place(self, page: Page) -> int:
        """Say which page of how many this is, from 1."""
        return [each.key for each in self.pages].index(page.key) + 1

    def after(self, page: Page) -> Page | None:
        """Give the page that follows; one on which nothing is asked just now is passed over."""
        rest = self.pages[self.place(page) :]
        return next((each for each in rest if self.has_something(each)), None)

    def before(self, page: Page) -> Page | None:
        """Give the page before, in the same way."""
        earlier = self.pages[: self.place(page) - 1]
        return next((each for each in reversed(earlier) if self.has_something(each)), None)

    @property
    def first(self) -> Page:
        """Give the first page that asks."""
        return next(page for page in self.pages if not page.signs)

    @property
    def last(self) -> Page:
        """Give the page that the look before sending leads back to."""
        return next(page for page in reversed(self.pages) if self.has_something(page))

    def has_something(self, page: Page) -> bool:
        """Tell whether a page asks something just now, or holds a text to read or to sign."""
        return not page.items or bool(page.intro) or bool(self.items(page))

    def items(self, page: Page) -> Sequence[Item]:
        """List the items of a page that are asked, given the answers that count so far."""
        return [item for item in page.items if item.key in self.counting]

    def answered(self, page: Page) -> Sequence[Item]:
        """List those items of a page that were answered, or declined."""
        skipped = AnswerState.SKIPPED
        return [item for item in self.items(page) if self.counting[item.key].state is not skipped]

    @cached_property
    def counting(self) -> Mapping[str, Given]:
        """Give the answers that count: one to each item that is asked."""
        return counted(self.every_item, self.answers)

    @property
    def every_item(self) -> Sequence[Item]:
        """List everything that can be asked, page by page."""
        return [item for page in self.pages for item in page.items]

    def item(self, key: str) -> Item:
        """Find an item that is asked on some page."""
        for page in self.pages:
            for item in page.items:
                if item.key == key:
                    return item
        raise MissingError(key)

    def said(self, item: Item) -> str:
        """Say one answer in the owner's language, for a look before sending; own words stay."""
        answer = self.answers.get(item.key, NOTHING)
        return ", ".join(answered(item, answer, UNGIVEN))


def walk_of(partner: Partner) -> Walk:
    """Read one partner's way through the intake."""
    db = get_db()
    contents = reviewed()
    concern, plan = questionnaires.asked_of(db, partner)
    form = packs.asked_of_case(db, contents.questionnaires[INTAKE], plan).questionnaire
    labels = {b.key: b.label for b in contents.library.concerns[concern].behaviours.values()}
    asked = questionnaires.asked_behaviours(plan, labels)
    every = pages_for(form, asked, questionnaires.other_names(db, partner))
    # The intake's last page only introduces the review, which has a page of its own here.
    pages = [page for page in every if page.items or page.signs or is_added(page.key)]
    response = questionnaires.find_response(db, partner, INTAKE)
    answers = questionnaires.answers_of(db, response) if response else {}
    return Walk(partner, form, pages, response, answers, _first_unsigned(partner, pages))


def _first_unsigned(partner: Partner, pages: Sequence[Page]) -> Page | None:
    signed = questionnaires.signed_versions(get_db(), partner)
    for page in pages:
        if page.signs:
            consent = consent_of(partner, page)
            if signed.get(consent.key) != consent.version:
                return page
    return None
