"""Why something is proposed, in sentences that an animator may read out at a meeting."""

from django.utils.dates import MONTHS
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from maillage.launch.needs.commons import Common, Together
from maillage.launch.needs.commons_rules import (
    LEAST_FIRMS_OF_A_STAKE,
    LEAST_STRENGTH,
    NEAR_METRES,
    Gain,
    Sensitivity,
    safe_between_competitors,
)
from maillage.launch.needs.enums import Topic
from maillage.launch.needs.stakes import Stake
from maillage.web.ui.formats import metres, number


def why_common(common: Common) -> list[str]:
    """Return why a common need is proposed."""
    together = common.together
    return [
        _who(together),
        _in_common(common),
        _covers(common),
        *_hours(together),
        *_strength(together),
        _asked(together),
        *_competitors(common.topic, together),
    ]


def why_stake(stake: Stake) -> list[str]:
    """Return why a topic is a stake, or what it still lacks to be proposed."""
    together = stake.together
    lacks = []
    if not stake.enough_firms:
        lacks.append(
            _("Not proposed yet: a stake begins with %(least)s firms that may meet.")
            % {"least": number(LEAST_FIRMS_OF_A_STAKE)}
        )
    elif not stake.strong_enough:
        lacks.append(
            _("Not proposed yet: half of them say less than “%(strength)s”.")
            % {"strength": LEAST_STRENGTH.label}
        )
    said = ngettext(
        "%(count)s firm of the network states something about it.",
        "%(count)s firms of the network state something about it.",
        stake.interested,
    ) % {"count": number(stake.interested)}
    return [
        said,
        _who(together),
        *_strength(together),
        _asked(together),
        _sensitivity(stake.rule.sensitivity),
        *_competitors(stake.topic, together),
        _gain(stake.rule.gain),
        *lacks,
    ]


def _who(together: Together) -> str:
    count = {"count": number(together.firms), "distance": metres(NEAR_METRES)}
    if not together.around:
        return (
            ngettext(
                "%(count)s firm of one territory may meet.",
                "%(count)s firms of one territory may meet.",
                together.firms,
            )
            % count
        )
    return ngettext(
        "%(count)s firm may meet: within %(distance)s of %(commune)s, or in the same territory.",
        "%(count)s firms may meet: within %(distance)s of %(commune)s, or in the same territory.",
        together.firms,
    ) % (count | {"commune": together.around})


def _in_common(common: Common) -> str:
    if common.occupation:
        return _("What all of them need: %(core)s, the same occupation.") % {
            "core": common.occupation
        }
    return _("What all of them need, in their words: %(core)s.") % {"core": common.core}


def _covers(common: Common) -> str:
    said = (
        common.territory.name if common.territory else "",
        common.sector,
        common.job_category,
        common.public,
    )
    covered = ", ".join(one for one in said if one)
    if covered:
        return _("It covers: %(covered)s.") % {"covered": covered}
    return _("It covers several sectors or publics: say for whom it is meant when you meet.")


def _hours(together: Together) -> list[str]:
    if not any(together.half_hours):
        return []
    most = max(together.half_hours)
    month = together.half_hours.index(most) + 1
    return [
        _("Together %(mean)s hours a week over the year, and at most %(most)s in %(month)s.")
        % {
            "mean": number(round(sum(together.half_hours) / 2 / len(together.half_hours), 1)),
            "most": number(most / 2),
            "month": MONTHS[month],
        }
    ]


def _strength(together: Together) -> list[str]:
    if together.at_survival:
        return [
            ngettext(
                "For %(count)s firm, its survival is at stake.",
                "For %(count)s firms, their survival is at stake.",
                together.at_survival,
            )
            % {"count": number(together.at_survival)}
        ]
    return [
        _("How strong: half of them say “%(half)s” or more, the strongest “%(most)s”.")
        % {"half": together.half.label, "most": together.strongest.label}
    ]


def _asked(together: Together) -> str:
    if not together.voiced:
        return _("None of them asks for it yet: they feel it.")
    return ngettext(
        "%(count)s of them asks for it already.",
        "%(count)s of them ask for it already.",
        together.voiced,
    ) % {"count": number(together.voiced)}


def _competitors(topic: str, together: Together) -> list[str]:
    said = []
    if together.left_out:
        said.append(
            ngettext(
                "%(count)s firm is left out: it competes with one of these on such a topic.",
                "%(count)s firms are left out: each competes with one of these on such a topic.",
                together.left_out,
            )
            % {"count": number(together.left_out)}
        )
    if together.rivals:
        said.append(
            ngettext(
                "%(count)s pair of competitors is among them: ask both first, under Competitors.",
                "%(count)s pairs of competitors are among them: ask both first, under Competitors.",
                together.rivals,
            )
            % {"count": number(together.rivals)}
        )
    elif not together.left_out and not safe_between_competitors(topic):
        said.append(_("No two of them compete."))
    return said


def _sensitivity(sensitivity: Sensitivity) -> str:
    if sensitivity == Sensitivity.NONE:
        return _("Safe between competitors: it is beside their trade.")
    if sensitivity == Sensitivity.LOW:
        return _("Safe between competitors, as long as they speak of methods and not of customers.")
    if sensitivity == Sensitivity.HIGH:
        return _("Not between competitors: it touches how they work and at what cost.")
    return _("Never between competitors: customers and prices stay with each firm.")


def _gain(gain: Gain) -> str:
    if gain == Gain.WEEKS:
        return _("Something is gained within weeks.")
    if gain == Gain.MONTHS:
        return _("Something is gained within months.")
    return _("What is gained takes long: begin with something smaller.")


def title_of(proposal: Common | Stake) -> str:
    """Return what a proposal is about."""
    topic = str(Topic(proposal.topic).label)
    return f"{topic}, {proposal.core}" if isinstance(proposal, Common) else topic
