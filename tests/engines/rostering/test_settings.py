"""A setting decides: for whom, between which dates, forbidden or at what price."""

import re
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from maillage.engines.rostering import (
    RosterError,
    Setting,
    Severity,
    SolutionError,
    check,
    evaluate,
    verify,
)
from maillage.engines.rostering.pack import check_pack
from maillage.engines.rostering.rules import RULES
from maillage.engines.rostering.settings import RulePack
from tests.engines.rostering.cast import chloe, everywhere, question, rule, slot, weighed

SUNDAY = slot(6, 8, 12)


def sunday(**more: object) -> Setting:
    values: dict[str, object] = {"rule": "sunday_work", "severity": Severity.BLOCK, **more}
    return Setting(**values)  # type: ignore[arg-type]


def test_document_lifts_what_needs_one() -> None:
    needs_one = (sunday(severity=Severity.NEEDS_DOCUMENT, article="L3132-3"),)
    without = question(SUNDAY, rules=needs_one)
    with_it = question(SUNDAY, rules=needs_one, documents=frozenset({("sunday_work", "chloé")}))

    [refused] = check(without, everywhere(without))
    [allowed] = check(with_it, everywhere(with_it))

    assert (refused.forbidden, allowed.forbidden) == (True, False)
    assert refused.text() == (
        "Chloé would work on a Sunday: Sunday 8\u00a0March, 8:00 to 12:00, at Bob’s bakery "
        "(art. L3132-3)"
    )
    assert refused.text("fr") == (
        "Chloé travaillerait un dimanche\u00a0: dimanche 8\u00a0mars, de 8\u00a0h à 12\u00a0h, "
        "chez Bob’s bakery (art. L3132-3)"
    )


def test_warning_costs_by_the_unit_and_information_nothing() -> None:
    long_day = slot(0, 8, 18)
    limits = {"minutes": 480}
    warned = question(
        long_day,
        rules=(
            Setting(
                rule="daily_maximum", severity=Severity.WARN, cost=5, per=60, parameters=limits
            ),
        ),
    )
    told = question(
        long_day,
        rules=(Setting(rule="daily_maximum", severity=Severity.INFO, cost=5, parameters=limits),),
    )

    evaluation = evaluate(warned, everywhere(warned))

    assert evaluation.points == 10
    [term] = evaluation.terms
    assert (term.rule, term.amount, term.unit) == ("daily_maximum", 120, "minutes")
    assert weighed(warned, everywhere(warned)) == (0, 600)
    assert evaluate(told, everywhere(told)).points == 0
    assert [breach.severity for breach in check(told, everywhere(told))] == [Severity.INFO]


@pytest.mark.parametrize(
    ("dates", "found"),
    [
        ({"valid_from": date(2026, 3, 8)}, 1),
        ({"valid_from": date(2026, 3, 9)}, 0),
        ({"valid_to": date(2026, 3, 8)}, 1),
        ({"valid_to": date(2026, 3, 7)}, 0),
    ],
)
def test_setting_holds_between_its_dates(dates: dict[str, date], found: int) -> None:
    instance = question(SUNDAY, rules=(sunday(**dates),))

    assert len(check(instance, everywhere(instance))) == found
    assert weighed(instance, everywhere(instance)).excess == found


def test_setting_concerns_the_workers_it_names() -> None:
    workers = (chloe(), chloe(worker_id="alice"))
    named = question(SUNDAY, workers=workers, rules=(sunday(workers=frozenset({"alice"})),))
    spared = question(SUNDAY, workers=workers, rules=(sunday(spared=frozenset({"alice"})),))

    assert [len(check(named, everywhere(named, w))) for w in ("chloé", "alice")] == [0, 1]
    assert [len(check(spared, everywhere(spared, w))) for w in ("chloé", "alice")] == [1, 0]


def test_priorities_are_added_up_apart() -> None:
    instance = question(
        slot(0, 8, 12, importance=3),
        rules=(
            Setting(rule="uncovered", severity=Severity.WARN, cost=2, priority=0),
            Setting(rule="idle_hours", severity=Severity.WARN, cost=1, per=240, priority=1),
        ),
    )

    evaluation = evaluate(instance, everywhere(question()))

    assert evaluation.by_priority == (6, Fraction(4200, 240))
    assert evaluation.points == Fraction(47, 2)


def test_verify_lists_what_is_forbidden() -> None:
    instance = question(SUNDAY, rules=(sunday(),))

    with pytest.raises(SolutionError) as refused:
        verify(instance, everywhere(instance))

    assert refused.value.breaches == (
        "Chloé would work on a Sunday: Sunday 8\u00a0March, 8:00 to 12:00, at Bob’s bakery",
    )
    verify(instance, everywhere(question()))


def test_unknown_rule_and_missing_parameter_are_named() -> None:
    with pytest.raises(RosterError, match="rule siesta, rule: there is no such rule"):
        check_pack(RulePack((rule("siesta"),)))
    with pytest.raises(RosterError) as missing:
        check_pack(RulePack((rule("daily_rest"),)))

    assert missing.value.field == "parameters.minutes"
    assert missing.value.text("fr") == (
        "règle daily_rest, parameters.minutes\u00a0: la règle a besoin de ce paramètre"
    )


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"cost": -1}, "cost"),
        ({"per": 0}, "per"),
        ({"parameters": {"minutes": -5}}, "parameters.minutes"),
        ({"valid_from": date(2026, 3, 2), "valid_to": date(2026, 3, 1)}, "valid_to"),
    ],
)
def test_senseless_setting_names_its_field(values: dict[str, object], field: str) -> None:
    with pytest.raises(RosterError) as refused:
        sunday(**values)

    assert (refused.value.row, refused.value.field) == ("rule sunday_work", field)


def test_every_rule_is_documented_with_its_unit_and_parameters() -> None:
    text = Path("docs/reference/roster-format.md").read_text()
    rows = [line.split("|")[1:4] for line in text.splitlines() if line.startswith("| `")]
    documented = {
        name: (set(re.findall(r"`(\w+)`", parameters)), unit.strip())
        for names, parameters, unit in rows
        for name in re.findall(r"`(\w+)`", names)
    }

    for known in RULES.values():
        parameters, unit = documented[known.name]
        assert unit == known.unit
        assert set(known.parameters) <= parameters
