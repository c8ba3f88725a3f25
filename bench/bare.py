"""A bare Flask and SQLAlchemy page of the caseload's size, to measure Undercurrent against.

It does what any page must: find who asks by a cookie, query fifty rows, fill a template. It has no
encryption, no boundary between practices, no audit and no protection against forged forms.
"""

import os

from flask import Flask, g, render_template_string, request
from sqlalchemy import ForeignKey, String, create_engine, event, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, relationship

ROWS = 50
COOKIE = "bench"

PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Caseload</title>
<link rel="stylesheet" href="/app.css"></head><body><header>{{ person.name }}</header><main>
<h1>Caseload</h1><table><thead><tr><th scope="col">Partners</th><th scope="col">Called</th>
<th scope="col">Roll-up</th><th scope="col">Last appointment</th><th scope="col">Opened</th></tr>
</thead><tbody>{% for case in cases %}<tr><th scope="row"><a href="/cases/{{ case.ref }}">
{{ case.partners | map(attribute="name") | join(" and ") }}</a></th><td>{{ case.label }}</td>
<td><span class="tag">{{ case.roll_up }}</span></td><td>{{ case.last }}</td>
<td>{{ case.opened }}</td></tr>{% endfor %}</tbody></table></main>{{ padding }}</body></html>"""


class Base(DeclarativeBase):
    pass


class Person(Base):
    __tablename__ = "person"
    id: Mapped[int] = mapped_column(primary_key=True)
    token: Mapped[str] = mapped_column(String(80), unique=True)
    name: Mapped[str]


class Case(Base):
    __tablename__ = "case"
    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    ref: Mapped[str]
    label: Mapped[str]
    roll_up: Mapped[str]
    last: Mapped[str]
    opened: Mapped[str]
    partners: Mapped[list["Partner"]] = relationship(lazy="selectin")


class Partner(Base):
    __tablename__ = "partner"
    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    name: Mapped[str]


engine = create_engine(os.environ["BARE_DATABASE"])
app = Flask(__name__)
padding = f"<!--{'x' * int(os.environ['BARE_PADDING'])}-->"


@event.listens_for(engine, "connect")
def prepare(connection: object, _entry: object) -> None:
    connection.execute("PRAGMA journal_mode=WAL")  # type: ignore[attr-defined]


def fill() -> None:
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        session.add(Person(token=COOKIE, name="Ines Ferrara"))
        for number in range(ROWS):
            names = [Partner(name=f"Partner {number}"), Partner(name=f"Other {number}")]
            session.add(
                Case(
                    person_id=1,
                    ref=f"{number:022d}",
                    label="couple",
                    roll_up="Symptom leading",
                    last="14 March 2026",
                    opened="2 January 2026",
                    partners=names,
                )
            )
        session.commit()


@app.before_request
def find_person() -> None:
    g.db = Session(engine)
    token = request.cookies.get("token")
    g.person = g.db.scalars(select(Person).where(Person.token == token)).first()


@app.teardown_appcontext
def close(_fault: BaseException | None) -> None:
    g.db.close()


@app.get("/")
def caseload() -> str:
    cases = g.db.scalars(select(Case).where(Case.person_id == g.person.id).limit(ROWS)).all()
    return render_template_string(PAGE, cases=cases, person=g.person, padding=padding)
