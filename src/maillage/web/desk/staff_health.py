"""What the desk of the board and of the animator says of the people of the group."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from maillage.bricks.indicators.queries import open_alerts
from maillage.bricks.indicators.registry import INDICATORS
from maillage.run.employment.papers import late_papers
from maillage.run.voice.delegates import MANY_WORKERS
from maillage.run.voice.permissions import quality_of
from maillage.web.desk.addresses import page_of
from maillage.web.desk.situation import Situation
from maillage.web.desk.sources import Alert, alert_source
from maillage.web.ui.formats import nice_date, number


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


@alert_source
def papers(situation: Situation) -> Iterable[Alert]:
    """Yield the papers of absences whose time is past."""
    if not situation.acting.can("manage_staff") or "employment" not in situation.modules:
        return
    if late := len(late_papers(situation.network)):
        text = ngettext(
            "%(n)s paper of an absence is late: a sick note or a declaration of accident.",
            "%(n)s papers of absences are late: sick notes or declarations of accident.",
            late,
        )
        url = page_of(situation.network, "leave:absences")
        yield Alert(_("Papers of absences"), text % {"n": number(late)}, _("See which"), url)


@alert_source
def voice(situation: Situation) -> Iterable[Alert]:
    """Yield what workers wait for: an answer that is late, an election that is due."""
    quality = quality_of(situation.acting)
    if quality is None or "voice" not in situation.modules:
        return
    url = page_of(situation.network, "voice:home")
    if late := situation.network_counts[f"late_for_{quality}"]:
        text = ngettext(
            "%(n)s worker who said to you that something is wrong waits for more than 15 days.",
            "%(n)s workers who said to you that something is wrong wait for more than 15 days.",
            late,
        )
        yield Alert(_("Voice of the workers"), text % {"n": number(late)}, _("See which"), url)
    if situation.network_counts["without_delegate"] > MANY_WORKERS:
        reminder = _("More than ten workers, and no delegate: an election is due (L2311-2).")
        yield Alert(_("Delegates of the workers"), reminder, _("See the workers’ voice"), url)
