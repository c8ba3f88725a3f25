"""What stands beside an appointment: each partner's newest check-in, or that none has come in."""

from clinic.services import check_in_lines
from clinic.services.days import today
from clinic.web.check_in_panel import panel_lines
from tests.check_in_factories import FORM
from tests.factories import at_work, case_of
from tests.web.check_ins.test_overview import send


def lines_of(store, person, since=None):
    with at_work(store, person, writes=False) as db:
        case = case_of(db, person)
        return panel_lines(case, check_in_lines.list_sent(db, case, since), FORM)


def test_each_partner_has_the_newest_one_of_their_own(store, ines):
    send(store, ines, 0, 1, trust="3", bring="the first")
    send(store, ines, 0, 2, trust="4", bring="the second")
    mara, jonas = lines_of(store, ines)
    assert (mara.name, mara.sent.bring) == ("Mara", "the second")
    assert [number.value for number in mara.numbers] == [4] + [None] * 8
    assert (jonas.name, jonas.sent, jonas.numbers) == ("Jonas", None, ())


def test_what_came_before_the_last_appointment_is_not_there(store, ines):
    send(store, ines, 0, 0, trust="3")
    assert lines_of(store, ines, since=today())[0].sent is None


def test_the_panel_says_what_was_sent_and_what_was_not(app, store, ines):
    send(store, ines, 0, 1, trust="3", bring="the <heron>")
    with app.test_request_context():
        template = app.jinja_env.get_template("check_ins/_panel.html")
        lines = lines_of(store, ines)
        with at_work(store, ines, writes=False) as db:
            html = str(template.module.check_in_panel(lines, case_of(db, ines)))
    assert "the &lt;heron&gt;" in html
    assert "No check-in since last time." in html
    assert f"/cases/{ines.case_ref}/check-ins" in html
