"""What the desk of the board and of the animator says of how shared work goes."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from maillage.bricks.indicators.queries import open_alerts
from maillage.bricks.indicators.registry import INDICATORS
from maillage.web.desk.addresses import page_of
from maillage.web.desk.situation import Situation
from maillage.web.desk.sources import Alert, alert_source
from maillage.web.ui.formats import nice_date


@alert_source
def drift(situation: Situation) -> Iterable[Alert]:
    """Yield the figures that are past the threshold of the members, with what is due."""
    if not situation.acting.can("see_staff_health"):
        return
    for alert in open_alerts(situation.network):
        indicator = INDICATORS[alert.key]
        if indicator.module not in situation.modules:
            continue
        text = (
            _("Past its threshold since %(day)s; the plan of the members is running.")
            if alert.decision is not None
            else _("Past its threshold since %(day)s; a corrective plan is due before %(due)s.")
        )
        words = {"day": nice_date(alert.opened_on), "due": nice_date(alert.plan_due_on)}
        url = page_of(situation.network, "health:indicator", alert.key)
        yield Alert(str(indicator.name), text % words, _("See the figure"), url)
