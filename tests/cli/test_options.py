import click
import pytest

from maillage.cli.options import Quantity
from tests.cli.conftest import Maillage


@pytest.mark.parametrize(
    ("given", "number"), [("30", 30), ("12,5", 12.5), ("12.5", 12.5), (" 7 ", 7), ("0", 0)]
)
def test_quantity_takes_a_point_or_a_comma(given: str, number: float) -> None:
    assert Quantity(0, 1000).convert(given, None, None) == number


@pytest.mark.parametrize("given", ["", "many", "nan", "inf", "-1", "1001", "1e9", "1 2"])
def test_quantity_outside_its_limits_is_refused(given: str) -> None:
    with pytest.raises(click.BadParameter) as refused:
        Quantity(0, 1000).convert(given, None, None)
    assert refused.value.message == f"give a number from 0 to 1,000, not “{given}”."


def test_whole_quantity_refuses_a_part() -> None:
    whole = Quantity(2, 9, whole=True)
    assert whole.convert("5", None, None) == 5
    assert isinstance(whole.convert("5", None, None), int)
    with pytest.raises(click.BadParameter, match=r"give a whole number from 2 to 9, not “2\.5”"):
        whole.convert("2.5", None, None)


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("--distance-km", "-1"),
        ("--time-limit", "0"),
        ("--time-limit", "soon"),
        ("--max-employers", "1"),
        ("--workers", "0"),
        ("--seed", "-3"),
        ("--seed", "1.5"),
    ],
)
def test_option_that_makes_no_sense_is_refused_by_its_name(
    maillage: Maillage, option: str, value: str
) -> None:
    for language in ("en", "fr"):
        result = maillage("pool", "needs.csv", option, value, language=language)
        assert result.exit_code == 2
        assert option in result.stderr.splitlines()[-1]
        assert value in result.stderr.splitlines()[-1]
