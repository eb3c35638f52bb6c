from datetime import date
from decimal import Decimal

import pytest

from maillage.run.billing.files.law import (
    OUT_OF_SCOPE,
    REVERSE_CHARGE,
    SHARED_COSTS,
    SMALL_BUSINESS,
    STANDARD,
    debits_mention_on,
    mentions_on,
    rate_on,
)
from maillage.run.billing.files.lines import Category

TODAY = date(2026, 11, 30)


def test_public_bodies_owe_another_interest() -> None:
    private, public = (mentions_on(TODAY, "fr", public=public) for public in (False, True))
    assert "10 points (C. com. L441-10)" in private.late_interest
    assert "8 points (CCP R2192-31)" in public.late_interest
    assert "40\u00a0€" in private.recovery_fee
    assert "40\u00a0€" in public.recovery_fee
    assert private.discount == public.discount == "Pas d’escompte pour paiement anticipé."


def test_mentions_are_told_in_english_too() -> None:
    assert mentions_on(TODAY, "en").discount == "No discount for early payment."
    assert debits_mention_on(TODAY, "en") == "VAT is paid on debits, by option."


def test_rates_have_their_category_and_reason() -> None:
    rates = {
        key: rate_on(key, TODAY, "fr")
        for key in (STANDARD, SHARED_COSTS, SMALL_BUSINESS, REVERSE_CHARGE, OUT_OF_SCOPE)
    }
    assert {key: (one.category, one.reason_code) for key, one in rates.items()} == {
        STANDARD: (Category.STANDARD, ""),
        SHARED_COSTS: (Category.EXEMPT, "VATEX-FR-CGI261B"),
        SMALL_BUSINESS: (Category.EXEMPT, "VATEX-FR-FRANCHISE"),
        REVERSE_CHARGE: (Category.REVERSE_CHARGE, "VATEX-EU-AE"),
        OUT_OF_SCOPE: (Category.OUT_OF_SCOPE, "VATEX-EU-O"),
    }
    assert rates[STANDARD].percent == Decimal(20)
    assert rates[SHARED_COSTS].reason == "Exonération de TVA, article 261 B du CGI."


def test_day_before_the_law_has_no_rule() -> None:
    with pytest.raises(LookupError, match="standard"):
        rate_on(STANDARD, date(2013, 12, 31), "fr")
