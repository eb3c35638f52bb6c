"""The lending agreement: the group lends a worker to a member firm."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from maillage.bricks.agreements.clauses import Clause
from maillage.run.employment.checks import hours_in_words
from maillage.run.employment.models import LendingAgreement
from maillage.run.employment.texts.words import clause, day, place_of, the_firm, the_group


def lending_clauses(lending: LendingAgreement) -> tuple[Clause, ...]:
    """Return the clauses of a lending agreement, in the language in use.

    Nothing of the worker's home, pay or other firms is in it: the firm keeps it.
    """
    network = lending.contract.worker.network
    return (
        clause(
            "parties",
            _("Between"),
            the_group(network),
            the_firm(lending.organisation),
            _("The firm has received the statutes, the rules and the charter of the group."),
        ),
        _worker(lending),
        _time(lending),
        _price(lending),
        _duties(),
        _absence(),
        _end(lending),
        _liability(),
    )


def _worker(lending: LendingAgreement) -> Clause:
    contract = lending.contract
    place = place_of(lending.site)
    return clause(
        "worker",
        _("Worker and post"),
        _("The group lends %(name)s. Post: %(post)s. Qualification: %(qualification)s.")
        % {
            "name": contract.worker.name,
            "post": lending.post,
            "qualification": contract.qualification,
        },
        _("Occupation in the national list (ROME): %(occupation)s.")
        % {"occupation": lending.occupation}
        if lending.occupation
        else "",
        _("Place of work: %(place)s.") % {"place": place} if place else "",
        _(
            "The trial period of the worker holds here too; the firm gives its opinion before it"
            " ends."
        ),
    )


def _time(lending: LendingAgreement) -> Clause:
    words = {"first": day(lending.starts_on), "hours": hours_in_words(lending.week_minutes)}
    if lending.ends_on is not None:
        words["last"] = day(lending.ends_on)
        length = _("It runs from %(first)s to %(last)s.") % words
    else:
        length = _("It begins on %(first)s, without a last day.") % words
    return clause(
        "time",
        _("Length and hours"),
        length,
        _("The firm commits to %(hours)s a week on average. They are owed once planned.") % words,
        _("Days and times: %(rhythm)s.") % {"rhythm": lending.rhythm.rstrip(".")},
        _(
            "The group draws up the plan. The firm keeps within the hours that the software shows"
            " as left to the worker for the day and the week."
        ),
    )


def _price(lending: LendingAgreement) -> Clause:
    return clause(
        "price",
        _("Price"),
        lending.cost_terms,
        _("The firm tells the group the pay and benefits of its own people in the same post."),
    )


def _duties() -> Clause:
    return clause(
        "duties",
        _("Who does what"),
        _("The group employs, pays, grants leave, disciplines and follows health at work."),
        _(
            "The firm gives orders, shows the post, provides safety equipment, and answers for the"
            " times of work, health and safety while the worker is there. It gives the same access"
            " to its canteen and transport as to its own people, and enters the worker in its"
            " staff register as lent by the group."
        ),
        _("It tells the group of an accident the same day, and of any difficulty before it grows."),
    )


def _absence() -> Clause:
    return clause(
        "absence",
        _("Absence, replacement, discretion"),
        _(
            "The group looks for a replacement as soon as it knows of an absence, without promising"
            " one."
        ),
        _("What is learnt of the worker, of the group and of other members stays inside."),
        _("Both look back on the work together at least once a year, with the worker."),
    )


def _end(lending: LendingAgreement) -> Clause:
    days = lending.notice_days
    notice = ngettext(
        "Either side ends it in writing with %(days)s day of notice.",
        "Either side ends it in writing with %(days)s days of notice.",
        days,
    ) % {"days": days}
    return clause(
        "end",
        _("End"),
        notice,
        _("It ends without notice with the contract of the worker, or for a serious breach."),
        _("The firm may hire the worker: it tells the group first, and respects the notice."),
    )


def _liability() -> Clause:
    return clause(
        "liability",
        _("Joint liability and disputes"),
        _(
            "Members answer together for what the group owes its people and social bodies, as the"
            " statutes share it out."
        ),
        _("A dispute is put to the board of the group first, then to the court of its seat."),
    )
