"""What waits for whoever speaks for a firm: the questions that only they can answer."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from maillage.foundation.organisations.models import Organisation
from maillage.foundation.visibility.queries import lifts_asked_of
from maillage.launch.charter.queries import who_must_sign
from maillage.web.desk.addresses import page_of
from maillage.web.desk.situation import Situation
from maillage.web.desk.sources import Urgency, Waiting, source
from maillage.web.ui.formats import number
from maillage.web.ui.parts import Decision


@dataclass(frozen=True, slots=True)
class FirmQuestion:
    """A kind of question put to a firm, counted, where the network has the module it is of."""

    count: str
    permission: str
    module: str
    urgency: Urgency
    page: str
    say: Callable[[int], str]
    why: Promise


QUESTIONS = (
    FirmQuestion(
        "proposals",
        "answer_proposals",
        "shared_jobs",
        Urgency.TODAY,
        "workshop:mine",
        lambda n: ngettext(
            "%(n)s shared job is proposed to you.", "%(n)s shared jobs are proposed to you.", n
        ),
        gettext_lazy("Read the hours, then say yes, change yours, or say no."),
    ),
    FirmQuestion(
        "introductions",
        "edit_own_firm",
        "introductions",
        Urgency.TODAY,
        "trust:introductions",
        lambda n: ngettext(
            "%(n)s firm would like to know you better.",
            "%(n)s firms would like to know you better.",
            n,
        ),
        gettext_lazy("Your telephone and address are shown only if you say yes."),
    ),
    FirmQuestion(
        "objectives",
        "endorse_objectives",
        "objectives",
        Urgency.WEEK,
        "governance:objectives",
        lambda n: ngettext(
            "%(n)s objective is proposed to the members.",
            "%(n)s objectives are proposed to the members.",
            n,
        ),
        gettext_lazy("It is members who decide: without them an objective stays a proposal."),
    ),
    FirmQuestion(
        "contacts_to_judge",
        "edit_own_firm",
        "contacts",
        Urgency.SOON,
        "contacts:mine",
        lambda n: ngettext(
            "You were contacted %(n)s time this month: was it useful?",
            "You were contacted %(n)s times this month: was it useful?",
            n,
        ),
        gettext_lazy("Your answer helps to choose who contacts you, and how often."),
    ),
)


@source
def meetings(situation: Situation) -> Iterable[Waiting]:
    """Yield the topics on which the animator asks the firm to meet a competitor, one by one."""
    firm = situation.acting.firm
    asks = firm is not None and situation.acting.can("edit_own_firm")
    if firm is None or not asks or not situation.firm_counts["lifts"]:
        return
    for lift in lifts_asked_of(firm):
        if not lift.agreed:
            yield Waiting(
                Urgency.WEEK,
                Decision(
                    say=_("The animator asks: would you meet a competitor about “%(topic)s”?")
                    % {"topic": lift.topic},
                    why=_("It is asked of both. Neither learns who the other is without two yes."),
                    label=_("Answer yes or no"),
                    url=page_of(situation.network, "trust:lifts"),
                ),
            )


@source
def charter(situation: Situation) -> Iterable[Waiting]:
    """Yield the charter that the firm has yet to sign, or to sign again."""
    firm, network = situation.acting.firm, situation.network
    signs = firm is not None and situation.acting.can("sign_charter")
    if not signs or "charter" not in situation.modules or firm is None:
        return
    for due in who_must_sign(network, Organisation.objects.filter(pk=firm.pk)):
        yield Waiting(
            Urgency.WEEK,
            Decision(
                say=_("The charter has changed since you signed it.")
                if due.signed
                else _("The charter of the network waits for your signature."),
                why=_("It says what members owe each other; it is read in five minutes."),
                label=_("Read and sign"),
                url=page_of(network, "charter:home"),
            ),
        )


@source
def questions(situation: Situation) -> Iterable[Waiting]:
    """Yield the questions put to the firm."""
    if situation.acting.firm is None:
        return
    for question in QUESTIONS:
        asked = situation.acting.can(question.permission) and (
            not question.module or question.module in situation.modules
        )
        if asked and (count := situation.firm_counts[question.count]):
            yield Waiting(
                question.urgency,
                Decision(
                    say=question.say(count) % {"n": number(count)},
                    why=question.why,
                    label=_("Give an answer"),
                    url=page_of(situation.network, question.page),
                ),
            )
