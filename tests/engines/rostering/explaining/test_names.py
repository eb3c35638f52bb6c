from maillage.engines.rostering.explaining.names import RULES as NAMES
from maillage.engines.rostering.explaining.names import UNITS, rule_name, unit_name
from maillage.engines.rostering.rules import RULES


def test_every_rule_and_every_unit_has_a_name_for_people() -> None:
    assert NAMES.keys() == RULES.keys()
    assert UNITS.keys() == {rule.unit for rule in RULES.values()}
    assert (rule_name("weekly_rest", "fr"), unit_name("calls", "fr")) == (
        "repos hebdomadaire",
        "appels",
    )
