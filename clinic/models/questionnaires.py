"""What partners are asked and what they answered, item by item."""

import datetime as dt

from sqlalchemy import String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.schema import SchemaItem

from clinic.domain.answers import AnswerState
from clinic.domain.visibility import Layer
from clinic.models.base import Base, inside
from clinic.models.cases import OfCase
from clinic.models.partners import OfPartner
from clinic.models.sealed import EncryptedText


class IntakePlan(OfCase, Base):
    """What every partner of a case is asked: the same for all, so that it tells nobody anything."""

    __tablename__ = "intake_plan"

    questionnaire: Mapped[str] = mapped_column(String(40))
    questionnaire_version: Mapped[int]
    behaviours: Mapped[str] = mapped_column(String(600))
    #: Public ids of the practice's own questionnaires, in the order in which they are asked.
    packs: Mapped[str] = mapped_column(String(120), default="", server_default=text("''"))
    version: Mapped[int] = mapped_column(default=1)
    own_behaviours = EncryptedText(Layer.SHARED, empty=True)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012

    @classmethod
    def further_constraints(cls) -> tuple[SchemaItem, ...]:
        """One a case."""
        return (UniqueConstraint("case_id"),)


class QuestionnaireResponse(OfPartner, Base):
    """One partner's answers to one questionnaire, from the first page to the sending."""

    __tablename__ = "questionnaire_response"

    questionnaire: Mapped[str] = mapped_column(String(40))
    questionnaire_version: Mapped[int]
    sent_at: Mapped[dt.datetime | None]

    @classmethod
    def further_constraints(cls) -> tuple[SchemaItem, ...]:
        """One a partner and questionnaire."""
        return (*cls.of_a_partner(), UniqueConstraint("partner_id", "questionnaire"))


class Answer(OfPartner, Base):
    """One item's answer, in the layer of its item."""

    __tablename__ = "answer"

    response_id: Mapped[int] = mapped_column(index=True)
    item: Mapped[str] = mapped_column(String(80))
    state: Mapped[AnswerState]
    layer: Mapped[Layer]
    saved_at: Mapped[dt.datetime]
    value = EncryptedText(None, empty=True)

    @classmethod
    def further_constraints(cls) -> tuple[SchemaItem, ...]:
        """One a response and item."""
        return (
            *cls.of_a_partner(),
            inside("questionnaire_response", "case_id", "response_id"),
            UniqueConstraint("response_id", "item"),
        )


class SaveOperation(OfPartner, Base):
    """A save that was carried out. The same operation again is the same save, not another one."""

    __tablename__ = "save_operation"

    response_id: Mapped[int] = mapped_column(index=True)
    operation: Mapped[str] = mapped_column(String(64))

    @classmethod
    def further_constraints(cls) -> tuple[SchemaItem, ...]:
        """Once a response."""
        return (
            *cls.of_a_partner(),
            inside("questionnaire_response", "case_id", "response_id"),
            UniqueConstraint("response_id", "operation"),
        )


class Signature(OfPartner, Base):
    """One consent signed by one partner, with the text that was in force."""

    __tablename__ = "signature"

    document: Mapped[str] = mapped_column(String(40))
    document_version: Mapped[int]
    text = EncryptedText(Layer.PRIVATE)
    typed_name = EncryptedText(Layer.PRIVATE)

    @classmethod
    def further_constraints(cls) -> tuple[SchemaItem, ...]:
        """Of a partner of the case."""
        return cls.of_a_partner()
