"""Whatever is sent: never a fault, never half a record, and every word shown as it was typed."""

import datetime as dt

from flask import Flask
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from clinic.models.store import Store
from tests import factories as made
from tests.browser import Browser, Page
from tests.cast import PASSWORD, Person
from tests.intake import people
from tests.pdf_reader import pages as printed_pages
from tests.services.state import whole_state
from tests.web.addresses import Form, Refs, forms, pages
from tests.web.filling import (
    answered,
    choice_fields,
    day_fields,
    number_fields,
    text_fields,
)
from tests.web.hostile import CHOICES, DAYS, MARKUP, NUMBERS, STRANGE_NAMES, TEXTS
from tests.web.page import check_nothing_inline
from tests.web.worksheets.handing_out import post as post_choices
from tests.web.worksheets.handing_out import print_out

#: What any request may leave behind: lines about itself.
ABOUT_REQUESTS = {"AuditLine", "AuditHead", "BrowserSession", "Attempts"}
TEN_MEGABYTES = b"own_words=" + b"a" * 10_000_000
#: Changing the password would sign everybody out; a signed note has no form any more, so it has
#: bad input of its own.
CALM = {"accounts.change_password", "notes.sign"}
#: An invitation answers with its link, which is shown on that page alone; a search with its finds.
ANSWERS_HERE = {
    "check_ins.ask",
    "check_ins.send_link",
    "handouts.send_home",
    "invitations.invite",
    "notes.find",
    "cases.find",
}


def case_forms(app: Flask, refs: Refs) -> list[Form]:
    return [form for form in forms(app, refs) if form.endpoint not in CALM]


def stored(store: Store, person: Person) -> list[tuple[object, ...]]:
    with made.at_work(store, person, writes=False) as db:
        assert isinstance(db, Session)
        return [row for row in whole_state(db) if row[0] not in ABOUT_REQUESTS]


def post(browser: Browser, url: str, data: object) -> TestResponse:
    return browser.client.post(url, data=data)


def taken(form: Form) -> set[int]:
    """Give the statuses with which a form is taken, refused, or compared with another text."""
    compared = {409} if form.endpoint == "readings.write_reaction" else set()
    return {200 if form.endpoint in ANSWERS_HERE else 302, 422} | compared


def filled_with(page: Page, texts: str) -> dict[str, str]:
    return {**answered(page), **dict.fromkeys(text_fields(page), texts)}


def test_every_text_field_takes_or_refuses_whatever_is_typed(app, browser, full):
    for place, form in enumerate(case_forms(app, full)):
        page = browser.open(form.url)
        versions = versions_of(page)
        # Every other kind a form: what one does not meet, its neighbours do, and the fuzzer.
        for kind, typed in list(TEXTS.items())[place % 2 :: 2]:
            answer = post(browser, form.url, {**filled_with(page, typed), **versions})
            assert answer.status_code in taken(form), f"{form.endpoint}, {kind}"
            # A refusal stores nothing, so that what was opened before is still the newest.
            if versions and answer.status_code != 422:
                versions = versions_of(browser.open(form.url))
    check_all_pages(app, browser, full)


def versions_of(page: Page) -> dict[str, str]:
    held = page.values()
    return {name: held[name] for name in held if name.startswith("version")}


def test_a_refused_text_comes_back_as_it_was_typed(browser, full):
    url = f"/cases/{full['case_ref']}/issue/explanations/new"
    page = browser.open(url)
    for typed in TEXTS.values():
        data = {**filled_with(page, typed), "kind": "never offered"}
        answer = Page(post(browser, url, data))
        assert answer.status == 422
        check_kept(answer, typed)


def test_a_refused_text_leaves_nothing_behind(browser, store, ines, full):
    before = stored(store, ines)
    for path in ("details", "goals/{goal_ref}", "issue/evidence/{evidence_ref}", "goals/new"):
        url = f"/cases/{full['case_ref']}/{path.format(**full)}"
        page = browser.open(url)
        for kind in ("zero byte", "long", "nothing"):
            assert post(browser, url, filled_with(page, TEXTS[kind])).status_code == 422, path
    assert stored(store, ines) == before


def check_kept(page: Page, typed: str) -> None:
    shown = [page.values()[name] for name in text_fields(page)]
    # A parser reads the zero byte and carriage returns its own way; nothing else may change.
    if "\x00" not in typed and "\r" not in typed:
        assert {text.strip() for text in shown} <= {typed.strip(), typed}


def check_all_pages(app: Flask, browser: Browser, refs: Refs) -> None:
    for endpoint, url in pages(app, refs):
        page = browser.get(url)
        assert page.status == 200 or endpoint.startswith("accounts."), f"{endpoint}: {page.status}"
        check_nothing_inline(page)


def test_markup_is_shown_as_typed_on_every_page_and_sheet(app, browser, full, ines):
    shown = 0
    for form in case_forms(app, full):
        page = browser.open(form.url)
        limit = 40 if form.endpoint.startswith("cases.") else len(MARKUP)
        if form.endpoint != "goals.rate":
            done = post(browser, form.url, filled_with(page, MARKUP[:limit]))
            assert done.status_code in taken(form), form.endpoint
    for endpoint, url in pages(app, full):
        page = browser.get(url)
        if not endpoint.startswith("accounts."):
            check_nothing_inline(page)
            assert "49" not in page.text.replace("2049", ""), f"{endpoint} ran a template"
            shown += "<script>alert(1)</script>" in page.text
    assert shown >= 8
    url = f"/cases/{full['case_ref']}/worksheets"
    sheet = print_out(browser, url, "w13", reader=ines.partner_refs[0])
    assert sheet.mimetype == "application/pdf", sheet.get_data(as_text=True)
    assert "<script>alert(1)</script>" in " ".join(printed_pages(sheet.data))


def test_a_choice_that_was_not_offered_is_never_taken(app, browser, full):
    for form in case_forms(app, full):
        page = browser.open(form.url)
        data = answered(page)
        for name in choice_fields(page):
            answer = post(browser, form.url, {**data, name: "never offered"})
            assert answer.status_code in {200, 422}, f"{form.url} {name}"
            assert answer.status_code == 422 or name == "another", name


def test_a_refused_choice_leaves_nothing_behind(browser, store, ines, full):
    before = stored(store, ines)
    for path, name in (
        ("details", "secrets_policy"),
        ("behaviours/new", "about"),
        ("behaviours/{behaviour_ref}", "placing_0-zone"),
        ("issue/evidence/new", "layer"),
        ("issue/explanations/new", "kind"),
        ("roll-up", "roll_up"),
        ("goals/{goal_ref}", "goal-owners"),
        ("appointments/{appointment_ref}/details", "attendance_0"),
        ("appointments/{appointment_ref}/ratings/therapist", "goal_0-level"),
        ("intake/questions", "behaviours"),
        ("intake/{partner_ref}/invite", "handing"),
        ("answers/kept/{disclosure_ref}", "status"),
        ("measures/{instrument_key}", "partner_ref"),
        ("measures/{instrument_key}", "single_item"),
        ("safety/{partner_ref}/check", "asked_alone"),
        ("safety/{partner_ref}/check", "result"),
        ("safety/decide/track", "holds"),
    ):
        url = f"/cases/{full['case_ref']}/{path.format(**full)}"
        data = answered(browser.open(url))
        for choice in ("never offered", "None", "\x00"):
            assert post(browser, url, {**data, name: choice}).status_code == 422, f"{name} {choice}"
    assert stored(store, ines) == before


def test_ticks_that_were_not_offered_are_refused_even_behind_a_blank(browser, full):
    for path, name in (("behaviours/new", "responses"), ("goals/new", "issue-owners")):
        url = f"/cases/{full['case_ref']}/{path}"
        data = answered(browser.open(url))
        for ticked in (["never offered"], ["", "never offered"], ["\x00", ""]):
            assert post(browser, url, {**data, name: ticked}).status_code == 422, ticked


def test_every_number_and_day_is_read_or_refused(app, browser, full):
    for place, form in enumerate(case_forms(app, full)):
        page = browser.open(form.url)
        data = answered(page)
        numbers, days = NUMBERS[place % 2 :: 2], DAYS[place % 2 :: 2]
        for wrong in numbers if number_fields(page) not in ([], ["version"]) else ():
            sent = {**data, **dict.fromkeys(number_fields(page), wrong)}
            assert post(browser, form.url, sent).status_code in taken(form) | {409}, (
                form.url,
                wrong,
            )
        for wrong in days if day_fields(page) else ():
            sent = {**data, **dict.fromkeys(day_fields(page), wrong)}
            assert post(browser, form.url, sent).status_code in taken(form) | {409}, (
                form.url,
                wrong,
            )
    check_all_pages(app, browser, full)


def test_a_weight_is_a_number_from_0_to_100(browser, full):
    url = f"/cases/{full['case_ref']}/goals/{full['goal_ref']}"
    opened = browser.open(url)
    for weight in ("nan", "NaN", "inf", "-inf", "1e400", "-1", "100.5", ""):
        page = browser.send(url, opened, {"goal-weight": weight})
        assert page.status == 422, weight
        assert page.values()["goal-weight"] == weight, "what was typed stays"


def test_a_weight_is_shown_as_it_was_typed(browser, full):
    case = f"/cases/{full['case_ref']}"
    for typed, shown in (("2.04", "2.04"), ("10,05", "10.05"), ("3", "3")):
        page = browser.submit(f"{case}/goals/{full['goal_ref']}", {"goal-weight": typed})
        assert f"Weight {shown} " in page.text


def test_a_day_outside_every_calendar_is_refused_and_kept(browser, full):
    url = f"/cases/{full['case_ref']}/appointments/new"
    opened = browser.open(url)
    for day in ("0000-01-01", "1899-12-31", "9999-12-31", "2026-02-30"):
        page = browser.send(url, opened, {"held_on": day})
        assert page.status == 422
        assert page.values()["held_on"] == day


def test_a_blank_takes_a_saved_number_away(browser, full, ines):
    case = f"/cases/{full['case_ref']}"
    behaviour = f"{case}/behaviours/{full['behaviour_ref']}"
    browser.submit(behaviour, {"since_year": "2024"})
    browser.submit(behaviour, {"since_year": ""})
    assert browser.open(behaviour).values()["since_year"] == ""
    ratings = f"{case}/appointments/{full['appointment_ref']}/ratings/{ines.partner_refs[0]}"
    names = [name for name in browser.open(ratings).values() if name.endswith("-own")]
    browser.submit(ratings, dict.fromkeys(names, "7"))
    browser.submit(ratings, dict.fromkeys(names, ""))
    assert {browser.open(ratings).values()[name] for name in names} == {""}


def test_a_required_text_of_blanks_is_refused(app, browser, store, ines, full):
    for path, name in (
        ("details", "partners-0-name"),
        ("details", "label"),
        ("goals/{goal_ref}", "goal-wording"),
        ("goals/{goal_ref}", "goal-anchors-expected"),
        ("issue/explanations/{explanation_ref}", "statement"),
        ("issue/evidence/{evidence_ref}", "observation"),
        ("roll-up", "reason"),
        ("measures/{instrument_key}", "score"),
        ("safety/decide/track", "reason"),
    ):
        before = stored(store, ines)
        page = browser.submit(f"/cases/{full['case_ref']}/{path.format(**full)}", {name: " \t "})
        assert page.status == 422, name
        assert stored(store, ines) == before


def test_missing_fields_are_no_fault(app, browser, full):
    for form in case_forms(app, full):
        data = answered(browser.open(form.url))
        for name in [each for each in data if each not in {"csrf_token", "version"}][:6]:
            sent = {key: value for key, value in data.items() if key != name}
            answer = post(browser, form.url, sent)
            assert answer.status_code in taken(form) | {409}, f"{form.url} without {name}"


def test_repeated_and_unknown_fields_change_nothing_else(app, browser, full):
    for form in case_forms(app, full):
        page = browser.open(form.url)
        data = answered(page)
        twice = {name: [value, "never offered"] for name, value in data.items()}
        assert post(browser, form.url, twice).status_code in taken(form) | {409}, form.url
        unknown = data | dict.fromkeys(STRANGE_NAMES, "1")
        assert post(browser, form.url, unknown).status_code in taken(form) | {409}, form.url


def test_a_case_keeps_its_partners_whatever_is_sent(browser, full):
    url = f"/cases/{full['case_ref']}/details"
    page = browser.open(url)
    data = answered(page)
    fewer = {name: value for name, value in data.items() if "partners-0" not in name}
    assert post(browser, url, fewer).status_code == 422
    more = data | {"partners-2-name": "Kim", "partners-2-contact_by": "phone"}
    assert post(browser, url, more).status_code == 302
    none = {name: value for name, value in data.items() if "partners-" not in name}
    assert post(browser, url, none).status_code == 422
    now = browser.open(url)
    assert [now.values()[f"partners-{place}-name"] for place in range(2)] == ["Mara", "Jonas"]
    assert "partners-2-name" not in now.values()


def test_room_for_partners_ends_at_eight(browser):
    page = browser.open("/cases/new")
    for _ in range(9):
        page = browser.send("/cases/new", page, {"another": "1"})
        assert page.status == 200
    names = [name for name in page.values() if name.endswith("-name")]
    assert len(names) == 8
    page = browser.send("/cases/new", page, {name: f"Person {name[9]}" for name in names})
    assert page.status == 200
    assert "Person 7" in page.text


def test_bytes_that_are_no_text_are_refused_or_replaced(app, browser, full):
    for percent in ("%00", "%ed%a0%80", "%ff%fe", "%", "%u0041", "%c0%af", "%f4%90%80%80"):
        check_bytes(app, browser, full, percent)


def check_bytes(app: Flask, browser: Browser, full: Refs, percent: str) -> None:
    for form in case_forms(app, full)[:3]:
        page = browser.open(form.url)
        name = (text_fields(page) or ["nothing"])[0]
        answer = browser.client.post(
            form.url,
            data=f"csrf_token={page.values()['csrf_token']}&{name}={percent}",
            content_type="application/x-www-form-urlencoded",
        )
        assert answer.status_code in taken(form) | {409}, form.url
    for url in (f"/{percent}", f"/?page={percent}", f"/cases/{full['case_ref']}?{percent}=1"):
        assert browser.client.get(url).status_code in {200, 404}, url
    goals = f"/cases/{full['case_ref']}/goals?rater={percent}"
    assert browser.client.get(goals).status_code == 404


def test_every_page_number_of_the_caseload_answers(browser):
    for number in NUMBERS:
        answer = browser.client.get("/", query_string={"page": number})
        assert answer.status_code == 200, number


def test_bodies_that_are_no_forms_are_refused(app, browser, full):
    token = browser.get("/password").values()["csrf_token"]
    bodies = {
        "application/json": ["[" * 50_000, '{"own_words": "\\ud800"}', "null"],
        "multipart/form-data": ["no boundary"],
        "multipart/form-data; boundary=x": ["--x--", "--x\r\nA: b\r\n\r\n"],
        "text/plain": ["own_words=1"],
        "application/x-www-form-urlencoded": ["&=" * 5_000],
        "": [""],
    }
    for form in case_forms(app, full):
        for kind, texts in bodies.items():
            for body in texts:
                answer = browser.client.post(
                    form.url, data=body, content_type=kind, headers={"X-CSRFToken": token}
                )
                empty_is_fine = form.endpoint in {"goals.rate", "frames.write", "frames.agree"}
                expected = {400, 409, 413, 422} | ({302} if empty_is_fine else set())
                assert answer.status_code in expected, f"{form.url} {kind}"


def test_ten_megabytes_are_too_much(app, browser, store, ines, full):
    before = stored(store, ines)
    for form in case_forms(app, full)[:8]:
        for kind in ("application/x-www-form-urlencoded", "multipart/form-data; boundary=x"):
            answer = browser.client.post(form.url, data=TEN_MEGABYTES, content_type=kind)
            assert answer.status_code == 413, form.url
            assert "Nothing was saved" in answer.get_data(as_text=True)
    assert stored(store, ines) == before


def test_a_sheet_for_nobody_or_of_nothing_is_refused(browser, full, ines):
    base = f"/cases/{full['case_ref']}/worksheets"
    right = {"paper": "A4", "filled": "name", "reader": ines.partner_refs[0]}
    for sheet in ("w02", "w13"):
        for name in right:
            for wrong in CHOICES:
                # A field that is not asked for stays empty; only a wrong one is no answer.
                if (name, wrong.strip()) != ("filled", ""):
                    answer = post_choices(browser, base, sheet, **{**right, name: wrong})
                    assert answer.status_code == 422, f"{sheet} {name}={wrong!r}"
    answer = post_choices(browser, base, "w02", **right, behaviours=["B01"] * 300)
    assert (answer.status_code, answer.mimetype) == (422, "text/html")


def test_names_that_no_font_draws_are_told_and_leave_no_sheet(browser, full, ines):
    url = f"/cases/{full['case_ref']}/details"
    browser.submit(url, {"partners-0-name": "מרים"})
    base = f"/cases/{full['case_ref']}/worksheets"
    answer = print_out(browser, base, "w13", reader=ines.partner_refs[0])
    assert answer.status_code in {200, 422}
    if answer.status_code == 422:
        assert "cannot be printed" in answer.get_data(as_text=True)


def test_a_score_that_the_measure_cannot_have_is_refused_and_kept(browser, store, ines, full):
    url = f"/cases/{full['case_ref']}/measures/{full['instrument_key']}"
    typed = answered(browser.open(url))
    before = stored(store, ines)
    # A total may be a part of one: where few items are missing, it is made from the others.
    possible = {"0", "11", "٣", "3.5", "2,5"}
    for wrong in (*(number for number in NUMBERS if number not in possible), "28", "27.5"):
        answer = Page(post(browser, url, {**typed, "score": wrong}))
        assert answer.status == 422, repr(wrong)
        assert "\x00" in wrong or answer.values()["score"] == wrong, "what was typed stays"
    assert stored(store, ines) == before


def test_a_button_pressed_for_what_is_not_there_does_nothing(browser, store, ines, full):
    headers = {"X-CSRFToken": browser.get("/password").values()["csrf_token"]}
    before = stored(store, ines)
    for behaviour in ("B99", "O1", "B10", "%00", "b11", "w" * 400, "%3Cscript%3E"):
        url = f"/cases/{full['case_ref']}/answers/map/{behaviour}/reveal"
        answer = browser.client.post(url, headers=headers)
        assert answer.status_code in {302, 404}, behaviour
    assert stored(store, ines) == before


def test_whatever_is_saved_in_a_form_is_read_or_refused(app, cast):
    """One field as the page's script sends it: by somebody who sends what no script does."""
    tomas = cast["tomas"]
    colleague = Browser(app).sign_in(tomas.email, PASSWORD)
    partner = people.come_in(app, people.invite(colleague, tomas))
    assert people.save(partner, "brings", "before signing", "early").status == 404
    people.sign_all(partner, "Robin")
    items = ("about-me", "relationship", "contact-by", "brings", "standpoint", "matters")
    for place, item in enumerate(items):
        for kind, value in list({**TEXTS, **dict(enumerate(CHOICES))}.items())[place % 3 :: 3]:
            answer = people.save(partner, item, value, f"{item}-{kind}")
            assert answer.status in {200, 422}, f"{item}, {kind}"
    for operation in ("", "\x00", "w" * 5_000, "👩🏽"):
        for turn in ("0", "-1", "x", "9" * 400):
            answer = Page(
                partner.client.post(
                    "/form/save",
                    data={"item": items[0], "value": "", "operation": operation, "turn": turn}
                    | {"csrf_token": people.token(partner)},
                )
            )
            # A save without its mark could not be told from its own repetition.
            assert answer.status in ({200, 422} if operation else {404}), (operation[:9], turn)
    for page in people.walk_through(partner, {}):
        check_nothing_inline(page)


def test_the_day_of_an_appointment_starts_as_today(browser, full):
    page = browser.open(f"/cases/{full['case_ref']}/appointments/new")
    assert page.values()["held_on"] == dt.datetime.now(dt.UTC).date().isoformat()
