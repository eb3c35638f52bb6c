"""The public instances: what is read, what a roster is worth by hand, what our engine says."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.nrp_format import (
    OFF,
    as_instance,
    as_plan,
    as_roster,
    faults,
    objective,
    read_nrp,
    read_roster,
    write_roster,
)
from maillage.engines.rostering import evaluate
from tests.engines.rostering.cast import weighed

TEXT = """# Two weeks of a small ward
SECTION_HORIZON
14

SECTION_SHIFTS
# ShiftID, Length in mins, Shifts which cannot follow this shift | separated
E,480,
L,600,E

SECTION_STAFF
# ID, MaxShifts, MaxTotalMinutes, MinTotalMinutes, MaxConsecutive, MinConsecutive, MinOff, Weekends
A,E=14|L=2,3000,960,3,2,2,1
B,E=14|L=14,4320,0,5,2,2,1

SECTION_DAYS_OFF
A,3

SECTION_SHIFT_ON_REQUESTS
A,0,L,4
B,1,E,2

SECTION_SHIFT_OFF_REQUESTS
B,2,L,3

SECTION_COVER
# Day, ShiftID, Requirement, Weight for under, Weight for over
0,E,2,100,1
1,E,1,10,5
2,L,0,100,7
12,E,1,30,1
"""
NRP = read_nrp(TEXT)


def rows(a: str, b: str) -> tuple[tuple[str, ...], ...]:
    return tuple(a), tuple(b)


IDLE = "-" * 14


@pytest.mark.parametrize(
    ("a", "b", "worth"),
    [
        # nobody works: 2 × 100 + 10 + 30 short, both wishes refused (4 + 2)
        (IDLE, IDLE, 246),
        # day 0: one E short (100); day 1: one E too many (5); day 12: 30; A’s wish (4)
        ("EE------------", "-E------------", 139),
        # all cover met but for day 2: two L too many (14) and B’s L unwished (3); wishes met by B
        ("EEL---------E-", "EEL-----------", 5 + 14 + 3 + 4),
        # A has the L wished for on day 0: E two short (200), day 1 met by B, day 12 short
        ("LL------------", "-E------------", 200 + 30),
    ],
)
def test_objective_is_the_one_worked_out_by_hand(a: str, b: str, worth: int) -> None:
    roster = rows(a, b)

    assert objective(NRP, roster) == worth
    assert evaluate(as_instance(NRP), as_plan(NRP, roster)).points == worth
    assert weighed(as_instance(NRP), as_plan(NRP, roster)).price == worth


LEGAL = "EE------EE----"


@pytest.mark.parametrize(
    ("a", "b", "said"),
    [
        (LEGAL, IDLE, []),
        (
            "EE-E----------",
            IDLE,
            [
                "A: works on day off 3",
                "A: rest of only 1 days from day 2",
                "A: work of only 1 days from day 3",
            ],
        ),
        ("LLL-----------", IDLE, ["A: 3 shifts L"]),
        ("E-------------", IDLE, ["A: 480 minutes"]),
        ("LE------------", IDLE, ["A: E after L on day 1"]),
        (LEGAL, "-----EE-----EE", ["B: 2 weekends"]),
        ("EEE---EEEE----", IDLE, ["A: 3360 minutes", "A: 4 days in a row from day 6"]),
        (LEGAL, "E------------E", []),  # runs at the edges are as short as they like
        (LEGAL, "----E---------", ["B: work of only 1 days from day 4"]),
        (LEGAL, "-----X--------", ["B: no such shift: X"]),
        (LEGAL, "-", ["B: 1 days instead of 14"]),
    ],
)
def test_roster_that_breaks_a_rule_is_told(a: str, b: str, said: list[str]) -> None:
    assert faults(NRP, rows(a, b)) == said


@given(seed=st.integers(0, 2**32))
def test_our_engine_says_the_same_of_any_roster(seed: int) -> None:
    chance = Random(seed)
    roster = tuple(tuple(chance.choice("EL---") for _ in range(14)) for _ in NRP.staff)

    evaluation = evaluate(as_instance(NRP), as_plan(NRP, roster))

    assert evaluation.points == objective(NRP, roster)
    assert evaluation.forbidden == len(faults(NRP, roster))
    assert as_roster(NRP, as_plan(NRP, roster)) == roster


def test_roster_is_written_and_read_back() -> None:
    roster = rows(LEGAL, IDLE)

    assert write_roster(roster).splitlines()[0] == "E,E,-,-,-,-,-,-,E,E,-,-,-,-"
    assert read_roster(write_roster(roster)) == roster
    assert read_roster("E,,L\n\n") == (("E", OFF, "L"),)


def test_line_that_cannot_be_read_is_named() -> None:
    with pytest.raises(ValueError, match="line 3: cannot read “fourteen” in section HORIZON"):
        read_nrp("# odd\nSECTION_HORIZON\nfourteen\n")
