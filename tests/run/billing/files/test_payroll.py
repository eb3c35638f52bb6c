import csv
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maillage.run.billing.files.payroll.export import (
    NEUTRAL,
    PROFILES,
    payroll_csv,
    profile_called,
    read_profile,
)
from maillage.run.billing.files.payroll.variables import PayrollLine, Place, Variable
from maillage.run.billing.files.refusals import PayrollError

BAKERY = Place(siret="40483304800022", name="Boulangerie Bob", lent=True)
OFFICE = Place(siret="73282932000074", name="Métiers partagés", lent=False)
HOURS = PayrollLine(
    month="2026-11",
    worker="0007",
    last_name="Martin",
    first_name="Chloé",
    place=BAKERY,
    variable=Variable.NORMAL,
    quantity=Decimal("77.5"),
)
SUNDAY = replace(HOURS, variable=Variable.SUNDAY, quantity=Decimal(4))
LEAVE = replace(
    HOURS,
    place=OFFICE,
    variable=Variable.PAID_LEAVE,
    quantity=Decimal(2),
    period=(date(2026, 11, 5), date(2026, 11, 6)),
)
PROFILE = """
name = "Cabinet"
separator = ";"
decimal = ","
day = "%d/%m/%Y"
encoding = "cp1252"
titles = false
columns = [{ title = "Nom", holds = "last_name" }, { title = "Code", holds = "code" }]

[codes]
normal_hours = "HN"
"""


def rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(content.decode().splitlines()))


def test_worker_lent_to_a_member_is_declared_so() -> None:
    first, second, third = rows(payroll_csv([LEAVE, SUNDAY, HOURS], profile_called(NEUTRAL)))
    assert first == {
        "month": "2026-11",
        "worker": "0007",
        "last_name": "Martin",
        "first_name": "Chloé",
        "place": "Boulangerie Bob",
        "place_siret": "40483304800022",
        "variable": "normal_hours",
        "quantity": "77.50",
        "first_day": "",
        "last_day": "",
        "S21.G00.40.074": "02",
        "S21.G00.40.046": "40483304800022",
        "S21.G00.40.019": "40483304800022",
    }
    assert second["variable"] == "sunday_hours"
    assert (third["first_day"], third["last_day"]) == ("2026-11-05", "2026-11-06")


def test_work_at_the_group_itself_is_not_lent() -> None:
    (row,) = rows(payroll_csv([LEAVE], profile_called(NEUTRAL)))
    assert (row["S21.G00.40.074"], row["S21.G00.40.046"]) == ("", "")
    assert row["S21.G00.40.019"] == OFFICE.siret


SHIPPED = {
    "silae": "0007;Martin;Chloé;HN;77,50;;;40483304800022;02;40483304800022;40483304800022",
    "cegid": "2026-11;0007;Martin;Chloé;1000;77,50;;;40483304800022;02;40483304800022;"
    "40483304800022",
    "sage": "0007\tHN\t77,50\t\t\t40483304800022\t02\t40483304800022\t40483304800022\t2026-11",
}


@pytest.mark.parametrize(("key", "row"), SHIPPED.items())
def test_each_software_gets_its_columns_and_codes(key: str, row: str) -> None:
    profile = profile_called(key)
    lines = payroll_csv([HOURS], profile).decode(profile.encoding).split("\r\n")
    assert lines[-2:] == [row, ""]
    assert len(lines) == (3 if profile.titles else 2)


@pytest.mark.parametrize("key", PROFILES)
def test_shipped_profiles_know_every_variable_by_a_code_of_its_own(key: str) -> None:
    codes = profile_called(key).codes
    assert set(codes) == set(Variable)
    assert len(set(codes.values())) == len(Variable)
    held = {field for _title, field in profile_called(key).columns}
    assert {"worker", "code", "quantity", "first_day", "last_day", "place_siret"} <= held
    assert {"dsn_40_074", "dsn_40_046", "dsn_40_019"} <= held


@given(
    st.lists(
        st.tuples(
            st.sampled_from([one for one in Variable if not one.absence]),
            st.decimals(-200, 200, places=2).filter(bool),
            st.sampled_from([BAKERY, OFFICE]),
        ),
        max_size=20,
    )
)
def test_nothing_is_lost_between_the_month_and_the_file(
    drawn: list[tuple[Variable, Decimal, Place]],
) -> None:
    lines = [
        replace(HOURS, variable=variable, quantity=quantity, place=place)
        for variable, quantity, place in drawn
    ]
    read = rows(payroll_csv(lines, profile_called(NEUTRAL)))
    assert sorted(
        (one["variable"], Decimal(one["quantity"]), one["place_siret"]) for one in read
    ) == (sorted((variable.value, quantity, place.siret) for variable, quantity, place in drawn))


def test_variable_without_code_refuses_the_file_rather_than_being_left_out() -> None:
    profile = read_profile(PROFILE)
    assert payroll_csv([HOURS], profile) == b"Martin;HN\r\n"
    with pytest.raises(PayrollError, match=r"^Cabinet has no code for: sunday_hours\.$"):
        payroll_csv([HOURS, SUNDAY], profile)


def test_text_that_the_file_cannot_hold_or_would_run_is_refused() -> None:
    profile = read_profile(PROFILE)
    with pytest.raises(PayrollError, match="cannot hold “ł”"):
        payroll_csv([replace(HOURS, last_name="Wałęsa"[:3])], profile)
    with pytest.raises(PayrollError, match="formula"):
        payroll_csv([replace(HOURS, last_name="=cmd()")], profile)


WRONG_PROFILES = {
    "not TOML": ("name =", "cannot be read"),
    "missing key": (PROFILE.replace("titles = false", ""), r"profile: titles\."),
    "unknown key": (PROFILE.replace("[codes]", "colour = 1\n[codes]"), "columns|colour"),
    "unknown column": (PROFILE.replace('"last_name"', '"surname"'), "surname"),
    "unknown variable": (PROFILE.replace("normal_hours", "hours"), "“hours”"),
    "unknown mark": (PROFILE.replace('decimal = ","', 'decimal = ";"'), "decimal"),
    "unknown encoding": (PROFILE.replace("cp1252", "utf-16"), "utf-16"),
}


@pytest.mark.parametrize(("text", "why"), WRONG_PROFILES.values(), ids=WRONG_PROFILES.keys())
def test_wrong_profile_says_what_is_wrong(text: str, why: str) -> None:
    with pytest.raises(PayrollError, match=why):
        read_profile(text)


def test_unknown_software_is_refused() -> None:
    with pytest.raises(PayrollError, match=r"“\.\./etc/passwd”"):
        profile_called("../etc/passwd")


WRONG: dict[str, tuple[str, dict[str, Any]]] = {
    "month": ("month", {"month": "11/2026"}),
    "worker": ("worker", {"worker": ""}),
    "zero": ("quantity", {"quantity": Decimal(0)}),
    "finer": ("quantity", {"quantity": Decimal("0.125")}),
    "absence without days": ("period", {"variable": Variable.SICKNESS}),
    "absence backwards": ("period", {"period": (date(2026, 11, 6), date(2026, 11, 5))}),
}


@pytest.mark.parametrize(("field", "changes"), WRONG.values(), ids=WRONG.keys())
def test_wrong_line_names_its_field(field: str, changes: dict[str, Any]) -> None:
    with pytest.raises(PayrollError) as refused:
        replace(HOURS, **changes)
    assert refused.value.field == field


def test_place_has_a_siret() -> None:
    with pytest.raises(PayrollError) as refused:
        replace(BAKERY, siret="40483304800023")
    assert refused.value.field == "siret"
