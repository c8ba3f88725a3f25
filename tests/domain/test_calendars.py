"""A calendar file: every line as RFC 5545 asks, and nobody's name in it."""

import datetime as dt
import re

import pytest

from clinic.domain.calendars import CalendarDay, calendar, without_names

MADE = dt.datetime(2026, 11, 9, 8, 5, tzinfo=dt.UTC)
LINE = re.compile(r"(?P<name>[A-Z-]+)(?P<options>(;[A-Z]+=[A-Z]+)*):(?P<value>.*)")


def written(summary="Appointment", ref="r" * 22):
    return calendar(CalendarDay(ref, dt.date(2026, 12, 31), summary, MADE))


def unfolded(text):
    """Read a file strictly: CRLF alone, no line over 75 bytes, folded lines joined."""
    assert text.endswith("\r\n")
    assert not re.search(r"(?<!\r)\n|\r(?!\n)", text)
    lines = text[:-2].split("\r\n")
    assert max(len(line.encode()) for line in lines) <= 75
    return re.sub(r"\r\n[ \t]", "", text[:-2]).split("\r\n")


def fields(text):
    found = {}
    for line in unfolded(text):
        hit = LINE.fullmatch(line)
        assert hit, line
        found[hit["name"] + hit["options"]] = hit["value"]
    return found


def unescaped(value):
    return re.sub(r"\\(.)", lambda hit: "\n" if hit[1] == "n" else hit[1], value)


def test_a_day_is_one_event_of_a_whole_day():
    lines = unfolded(written())
    assert lines[:2] == ["BEGIN:VCALENDAR", "VERSION:2.0"]
    assert (lines[3], lines[-2:]) == ("BEGIN:VEVENT", ["END:VEVENT", "END:VCALENDAR"])
    found = fields(written())
    assert found["UID"] == f"{'r' * 22}@undercurrent.invalid"
    assert found["DTSTAMP"] == "20261109T080500Z"
    assert found["DTSTART;VALUE=DATE"] == "20261231"
    assert found["DTEND;VALUE=DATE"] == "20270101"
    assert found["PRODID"]


def test_the_same_day_written_twice_is_the_same_entry():
    assert written() == written()
    assert fields(written(ref="x" * 22))["UID"] != fields(written())["UID"]


@pytest.mark.parametrize(
    "summary",
    [
        "Appointment",
        "Room 2; after lunch, \\ second door",
        "two\nlines\r\nand a third\r.",
        "a" * 400,
        "é" * 200,
        "x" + "👩🏽‍🤝‍👨🏿" * 40,
        "a" * 67,
        "a" * 68,
    ],
)
def test_any_words_come_back_as_they_were(summary):
    plain = summary.replace("\r\n", "\n").replace("\r", "\n")
    assert unescaped(fields(written(summary))["SUMMARY"]) == plain


@pytest.mark.parametrize("label", ["Mara and J", "the LINDS", "jonas", "Müller-Lind"])
def test_a_label_with_a_name_in_it_is_not_used(label):
    assert without_names(label, ["Mara Lind", "Jonas", "Müller"]) == ""


def test_a_neutral_label_is_used_as_it_is():
    assert without_names("couple 14", ["Mara Lind", "Jonas"]) == "couple 14"
    assert without_names("", ["Mara"]) == ""
