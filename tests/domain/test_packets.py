"""Packets: what belongs into one, how many there are, and where each sheet stands."""

import pytest

from clinic.content.worksheets_loader import load_worksheets
from clinic.domain.packets import (
    JobState,
    Packet,
    PacketState,
    belongs,
    contents,
    count_sheets,
    goes_to_many,
    job_state,
    may_be_blank,
    packets_for,
)
from clinic.domain.worksheets import SheetAudience

SHEETS = load_worksheets()
KIM, LOU = "kim", "lou"


def packets(*keys: str) -> list[Packet]:
    return list(packets_for("case", [KIM, LOU], [SHEETS[key] for key in keys]))


@pytest.mark.parametrize("audience", [SheetAudience.PARTNER, SheetAudience.COUPLE])
def test_a_sheet_of_another_audience_belongs_into_no_packet_that_is_handed_out(audience):
    fitting = [sheet for sheet in SHEETS.values() if belongs(sheet, audience)]
    assert fitting
    for sheet in fitting:
        assert sheet.has_one_reader is (audience is SheetAudience.PARTNER)
        assert sheet.audience is not SheetAudience.THERAPIST


def test_every_sheet_belongs_into_a_packet_for_one_audience_and_no_more():
    kinds = (SheetAudience.PARTNER, SheetAudience.COUPLE, SheetAudience.THERAPIST)
    for sheet in SHEETS.values():
        assert sum(belongs(sheet, audience) for audience in kinds) == 1, sheet.key


def test_a_sheet_for_each_makes_a_packet_for_every_partner_and_never_one_for_both():
    assert packets("w01", "w13") == [
        Packet(SheetAudience.PARTNER, ("w01", "w13"), "case", KIM),
        Packet(SheetAudience.PARTNER, ("w01", "w13"), "case", LOU),
    ]


def test_sheets_of_several_audiences_part_company():
    found = packets("w01", "w06", "t04")
    assert [(each.audience, each.reader, each.sheets) for each in found] == [
        (SheetAudience.PARTNER, KIM, ("w01",)),
        (SheetAudience.PARTNER, LOU, ("w01",)),
        (SheetAudience.COUPLE, "", ("w06",)),
        (SheetAudience.THERAPIST, "", ("t04",)),
    ]
    assert count_sheets(found) == 4


def test_a_sheet_that_asks_whose_it_is_goes_to_nobody_unasked():
    asked = [key for key, sheet in SHEETS.items() if not goes_to_many(sheet)]
    assert {"w04", "w08", "w09"} <= set(asked)
    assert packets(*asked) == []


def test_the_therapist_s_own_sheets_are_in_no_packet_of_blank_ones():
    left_out = {key for key, sheet in SHEETS.items() if not may_be_blank(sheet)}
    assert left_out == {key for key in SHEETS if key.startswith("t")}


def test_copies_follow_each_other_and_count():
    packet = Packet(SheetAudience.EACH, ("w01", "w14"), copies=4)
    assert packet.count == 8
    one, two = contents([("One", 1), ("Two", 3)], before=2, copies=4)
    assert (one.name, one.pages) == ("One (4 copies)", "3 to 6")
    assert (two.name, two.pages) == ("Two (4 copies)", "7 to 18")
    [alone] = contents([("One", 1)], before=1)
    assert (alone.name, alone.pages) == ("One", "2")


@pytest.mark.parametrize(
    ("states", "started", "stopped", "expected"),
    [
        ([PacketState.WAITING], False, False, JobState.PREPARED),
        ([PacketState.STOPPED], False, True, JobState.STOPPED),
        ([PacketState.DONE, PacketState.WAITING], True, False, JobState.AT_WORK),
        ([PacketState.DONE, PacketState.AT_WORK], True, False, JobState.AT_WORK),
        ([PacketState.DONE, PacketState.FAILED], True, False, JobState.DONE),
        ([PacketState.DONE, PacketState.STOPPED], True, True, JobState.STOPPED),
    ],
)
def test_a_job_is_done_when_nothing_of_it_waits(states, started, stopped, expected):
    assert job_state(states, started=started, stopped=stopped) is expected
