"""What a contract is called and allows."""

from django.utils.translation import gettext as _

from maillage.launch.shared_jobs.contract_file import ContractTerms
from maillage.launch.shared_jobs.reports.figures import half_hours, number
from maillage.launch.shared_jobs.reports.periods import MONTHS


def contract_name(terms: ContractTerms) -> str:
    """Return how people call a contract; a contract of one's own keeps its name."""
    names = {
        "annual": _("permanent, hours over the year"),
        "strict": _("permanent, regular weeks"),
        "part-time": _("permanent, part-time"),
    }
    return names.get(terms.name, terms.name)


def contract_band(terms: ContractTerms, periods: int) -> str:
    """Say what a contract allows, on average and in any single month or week."""
    sentence = (
        _("%(mean_min)s to %(mean_max)s a week on average, %(low)s to %(high)s in any month")
        if periods == MONTHS
        else _("%(mean_min)s to %(mean_max)s a week on average, %(low)s to %(high)s in any week")
    )
    return sentence % {
        "mean_min": number(terms.mean_min / 2),
        "mean_max": half_hours(terms.mean_max),
        "low": number(terms.period_min / 2),
        "high": half_hours(terms.period_max),
    }
