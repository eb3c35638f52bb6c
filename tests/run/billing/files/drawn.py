"""Invoices drawn at random: any lines, any rates, something taken off, something paid already."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import assume
from hypothesis import strategies as st

from maillage.run.billing.files.invoice import Invoice, Mode, Preceding
from maillage.run.billing.files.law import SHARED_COSTS, STANDARD
from maillage.run.billing.files.lines import Allowance, Category, Line, Rate, Unit, line_net
from tests.run.billing.files.cases import ISSUED, NOVEMBER, member_invoice, rate

RATES = (
    rate(STANDARD),
    Rate(category=Category.STANDARD, percent=Decimal("5.5")),
    Rate(category=Category.STANDARD, percent=Decimal("8.50")),
    rate(SHARED_COSTS),
)
TEXTS = st.text(
    st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=40
)


@st.composite
def lines(draw: st.DrawFn) -> Line:
    quantity = draw(st.decimals(-20, 2000, places=4))
    unit_price = draw(st.decimals(0, 500, places=4))
    return Line(
        description=draw(TEXTS),
        quantity=quantity,
        unit=draw(st.sampled_from(Unit)),
        unit_price=unit_price,
        net=line_net(quantity, unit_price),
        rate=draw(st.sampled_from(RATES)),
        period=draw(st.sampled_from((None, NOVEMBER))),
        note=draw(st.just("") | TEXTS),
    )


@st.composite
def invoices(draw: st.DrawFn) -> Invoice:
    several = tuple(draw(st.lists(lines(), min_size=1, max_size=8)))
    rates = tuple(dict.fromkeys(line.rate for line in several))
    taken_off = draw(
        st.lists(
            st.builds(
                Allowance,
                amount=st.decimals("0.01", 5, places=2),
                rate=st.sampled_from(rates),
                reason=TEXTS,
            ),
            max_size=2,
        )
    )
    assume(_gross(several, tuple(taken_off)) >= 0)
    whole = replace(
        member_invoice(), lines=several, allowances=tuple(taken_off), vat_on_debits=False
    )
    prepaid = draw(st.decimals(0, whole.totals().gross, places=2))
    if not prepaid:
        return whole
    return replace(
        whole,
        mode=Mode.SERVICES_AFTER_DEPOSIT,
        prepaid=prepaid,
        preceding=(Preceding("2026-10-0001", ISSUED),),
    )


def _gross(several: tuple[Line, ...], taken_off: tuple[Allowance, ...]) -> Decimal:
    gross = Decimal(0)
    for one in {line.rate for line in several}:
        basis = sum((line.net for line in several if line.rate == one), Decimal(0))
        basis -= sum((off.amount for off in taken_off if off.rate == one), Decimal(0))
        gross += basis + one.tax_on(basis)
    return gross
