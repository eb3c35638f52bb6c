"""What waits for whoever runs the network: one line per decision, one per kind of open question."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from maillage.foundation.networks.actions.conditions import can_do_task
from maillage.foundation.networks.models import Task
from maillage.web.desk.addresses import page_of
from maillage.web.desk.situation import Situation
from maillage.web.desk.sources import Alert, Urgency, Waiting, alert_source, source
from maillage.web.ui.formats import nice_date, number
from maillage.web.ui.parts import Decision


@dataclass(frozen=True, slots=True)
class Question:
    """A kind of open question, counted: who decides, how it is said, where it is answered."""

    count: str
    permission: str
    urgency: Urgency
    page: str
    meta: Promise
    label: Promise
    say: Callable[[int], str]
    why: Promise
    module: str = ""
    query: str = ""


QUESTIONS = (
    Question(
        "jobs_unfit",
        "compose_jobs",
        Urgency.TODAY,
        "workshop:proposals",
        gettext_lazy("Shared jobs"),
        gettext_lazy("See the answers"),
        lambda n: ngettext(
            "%(n)s shared job has answers whose hours no longer fit together.",
            "%(n)s shared jobs have answers whose hours no longer fit together.",
            n,
        ),
        gettext_lazy("Its firms want it: agree on the hours with them."),
        "shared_jobs",
    ),
    Question(
        "jobs_late",
        "compose_jobs",
        Urgency.WEEK,
        "workshop:proposals",
        gettext_lazy("Shared jobs"),
        gettext_lazy("See the answers"),
        lambda n: ngettext(
            "%(n)s shared job still waits for an answer, and its day is past.",
            "%(n)s shared jobs still wait for an answer, and their day is past.",
            n,
        ),
        gettext_lazy("Call the firms that have not answered: a call is worth ten mails."),
        "shared_jobs",
    ),
    Question(
        "leave_asked",
        "manage_staff",
        Urgency.TODAY,
        "leave:home",
        gettext_lazy("Leave"),
        gettext_lazy("Look and answer"),
        lambda n: ngettext(
            "%(n)s worker waits for an answer about their leave.",
            "%(n)s workers wait for an answer about their leave.",
            n,
        ),
        gettext_lazy("The order of leave is told a month before it begins (D3141-6)."),
        "employment",
    ),
    Question(
        "imports_ready",
        "import_organisations",
        Urgency.TODAY,
        "imports:list",
        gettext_lazy("Import"),
        gettext_lazy("Look and apply"),
        lambda n: ngettext(
            "%(n)s import has been read and waits for your word.",
            "%(n)s imports have been read and wait for your word.",
            n,
        ),
        gettext_lazy("Nothing enters the directory before you have looked at it."),
    ),
    Question(
        "imports_with_refusals",
        "import_organisations",
        Urgency.WEEK,
        "imports:list",
        gettext_lazy("Import"),
        gettext_lazy("See the refused rows"),
        lambda n: ngettext(
            "%(n)s import of this week has refused rows.",
            "%(n)s imports of this week have refused rows.",
            n,
        ),
        gettext_lazy("Correct these rows in your spreadsheet and import it again."),
    ),
    Question(
        "suggestions",
        "manage_competitors",
        Urgency.TODAY,
        "trust:competitors",
        gettext_lazy("Competitors"),
        gettext_lazy("Decide"),
        lambda n: ngettext(
            "%(n)s pair of firms may be competitors: yes or no?",
            "%(n)s pairs of firms may be competitors: yes or no?",
            n,
        ),
        gettext_lazy(
            "Same trade and close by. As long as you have not said yes, each sees the other."
        ),
    ),
    Question(
        "expired_invitations",
        "manage_roles",
        Urgency.WEEK,
        "governance:people",
        gettext_lazy("Invitations"),
        gettext_lazy("Renew or withdraw"),
        lambda n: ngettext(
            "%(n)s invitation has expired without an answer.",
            "%(n)s invitations have expired without an answer.",
            n,
        ),
        gettext_lazy("The link no longer works: send a new one, or telephone."),
    ),
    Question(
        "firms_waiting",
        "manage_mobilisation",
        Urgency.SOON,
        "mobilisation:list",
        gettext_lazy("Mobilisation"),
        gettext_lazy("See which"),
        lambda n: ngettext(
            "%(n)s firm was met and has not been followed for 60 days.",
            "%(n)s firms were met and have not been followed for 60 days.",
            n,
        ),
        gettext_lazy("A call, or one small first action, keeps the door open."),
        module="mobilisation",
        query="?watch=waiting",
    ),
    Question(
        "conditions",
        "manage_conditions",
        Urgency.SOON,
        "governance:conditions",
        gettext_lazy("Start"),
        gettext_lazy("Look at the conditions"),
        lambda n: ngettext(
            "%(n)s condition of a good start is not met, and nobody is on it.",
            "%(n)s conditions of a good start are not met, and nobody is on them.",
            n,
        ),
        gettext_lazy("Say what shows that it is met, or give it a date and somebody."),
    ),
    Question(
        "unreachable",
        "edit_organisations",
        Urgency.SOON,
        "governance:members",
        gettext_lazy("Members"),
        gettext_lazy("See the members"),
        lambda n: ngettext(
            "%(n)s member has no e-mail address.", "%(n)s members have no e-mail address.", n
        ),
        gettext_lazy("Invitations and summaries do not reach them: telephone, or add an address."),
    ),
)


@source
def tasks(situation: Situation) -> Iterable[Waiting]:
    """Yield the tasks that are late or due this week, one by one."""
    for task in situation.tasks:
        late = task.due_on < situation.today
        mine = can_do_task(situation.acting, task)
        if late or task.due_on <= situation.today + timedelta(days=1):
            yield Waiting(
                Urgency.LATE if late else Urgency.TODAY,
                Decision(
                    say=task.title,
                    why=_why(task),
                    label=_("Mark as done") if mine else _("See the network"),
                    url=page_of(situation.network, "desk:task", task.public_id)
                    if mine
                    else page_of(situation.network, "governance:home"),
                    post=mine,
                    fields={"done": "yes"},
                    meta=_("Late, since %(day)s") % {"day": nice_date(task.due_on)}
                    if late
                    else _("Before %(day)s") % {"day": nice_date(task.due_on)},
                    hot=late,
                ),
                task.due_on,
            )


@source
def questions(situation: Situation) -> Iterable[Waiting]:
    """Yield one line per kind of open question."""
    asked = [
        one
        for one in QUESTIONS
        if situation.acting.can(one.permission)
        and (not one.module or one.module in situation.modules)
    ]
    for question in asked:
        count = situation.network_counts[question.count]
        if count:
            yield Waiting(
                question.urgency,
                Decision(
                    say=question.say(count) % {"n": number(count)},
                    why=question.why,
                    label=question.label,
                    url=f"{page_of(situation.network, question.page)}{question.query}",
                    meta=question.meta,
                ),
            )


@alert_source
def contact_pressure(situation: Situation) -> Iterable[Alert]:
    """Yield what is worth knowing before one contacts another firm."""
    if not situation.acting.can("log_contacts") or "contacts" not in situation.modules:
        return
    log = page_of(situation.network, "contacts:log")
    if full := situation.full_firms:
        text = ngettext(
            "%(n)s firm has been contacted as often as it accepts: leave it alone for now.",
            "%(n)s firms have been contacted as often as they accept: leave them alone for now.",
            full,
        )
        yield Alert(_("Enough contacts"), text % {"n": number(full)}, _("See the contacts"), log)
    if not situation.acting.can("see_private"):
        return
    if lost := situation.network_counts["undelivered"]:
        text = ngettext(
            "%(n)s mail of the last 7 days did not arrive.",
            "%(n)s mails of the last 7 days did not arrive.",
            lost,
        )
        yield Alert(_("Mail not delivered"), text % {"n": number(lost)}, _("See which"), log)


def _why(task: Task) -> str:
    if task.condition_id is not None:
        return _("A condition of a good start depends on it.")
    if task.assignee is not None:
        return _("%(person)s has taken it on.") % {"person": task.assignee}
    return _("Nobody has taken it on yet.")
