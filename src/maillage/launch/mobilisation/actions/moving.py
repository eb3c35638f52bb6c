"""A firm goes from a stage to another: dated, by somebody, with the reason."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import NotRequired, TypedDict, Unpack
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from maillage.foundation.networks.acting import Acting
from maillage.foundation.networks.actions.guarding import trail
from maillage.foundation.notify.actions import ContactError, log_contact
from maillage.foundation.notify.enums import ContactChannel
from maillage.foundation.organisations.models import Organisation
from maillage.launch.mobilisation.actions.guarding import (
    MobilisationError,
    held_approach,
    network_of,
    possible_day,
    tidy,
)
from maillage.launch.mobilisation.cautions import Caution, cautions_before
from maillage.launch.mobilisation.enums import ASIDE, AsideReason, Stage, is_step_back
from maillage.launch.mobilisation.models import Approach, StagePassage
from maillage.launch.mobilisation.queries import contact_of, is_member, logged_as

LONGEST = 200


class CautionError(MobilisationError):
    """Something to think of first: sent again with `confirmed`, the act is done all the same."""

    def __init__(self, cautions: list[Caution]) -> None:
        super().__init__(" ".join(one.sentence for one in cautions), "confirmed")


@dataclass(frozen=True, slots=True)
class Meeting:
    """A call or a visit that took place, to be written in the log of contacts.

    `asked`: the firm asked for it, so that it does not count towards what it accepts.
    """

    channel: ContactChannel
    subject: str
    at: datetime
    asked: bool = False


class Said(TypedDict):
    """What goes with a passage; which part is needed depends on the stage.

    `meeting` or `contact_id` (a contact that is in the log already) when a firm was met, `code`
    when it said no or is set aside, `reason` for a step back, `commitment` when it commits itself.
    """

    on: NotRequired[date | None]
    reason: NotRequired[str]
    code: NotRequired[str]
    commitment: NotRequired[str]
    meeting: NotRequired[Meeting | None]
    contact_id: NotRequired[UUID | None]
    confirmed: NotRequired[bool]


@transaction.atomic
def move_firm(
    *, acting: Acting, organisation: Organisation, to: Stage, **said: Unpack[Said]
) -> Approach:
    """Say that a firm came to a stage, forward or back; nothing else ever moves it.

    Raises CautionError for a commitment that comes too early and is not `confirmed`,
    MobilisationError for what cannot be.
    """
    network = network_of(acting)
    approach = held_approach(network, organisation)
    stage = Stage(approach.stage)
    if to == stage:
        raise MobilisationError(_("It is at “%(stage)s” already.") % {"stage": stage.label})
    reason = tidy(said.get("reason", ""), LONGEST)
    code = _code(to, said.get("code", ""), reason)
    if is_step_back(stage, to) and not reason:
        raise MobilisationError(_("Say why, in a few words: it is kept with the date."), "reason")
    cautions = _commitment(approach, to, said)
    last = approach.passages.last()
    contact_id, met_on = _contact(acting, approach, to, said)
    day = possible_day(
        met_on or said.get("on"),
        not_before=last.on if last is not None else None,
        field="day" if met_on else "on",
    )
    passage = StagePassage.objects.create(
        approach=approach,
        from_stage=stage,
        to_stage=to,
        on=day,
        by_id=acting.person.public_id,
        code=code,
        reason=reason,
        contact_id=contact_id,
    )
    approach.stage, approach.since = to, passage.on
    approach.save(update_fields=["stage", "since", "commitment"])
    before: dict[str, object] = {"stage": stage, "code": "", "reason": "", "in_spite_of": []}
    after = {"stage": to, "code": code, "reason": reason, "in_spite_of": cautions}
    trail(acting, "move", approach, before=before, after=after)
    return approach


def _code(to: Stage, code: str, reason: str) -> str:
    if to not in ASIDE:
        return ""
    if code not in AsideReason.values:
        raise MobilisationError(_("Choose the reason: it helps with the next firms."), "code")
    if code == AsideReason.OTHER and not reason:
        raise MobilisationError(_("Say the reason in a few words."), "reason")
    return code


def _commitment(approach: Approach, to: Stage, said: Said) -> list[str]:
    """Write down what a firm commits itself to; return the codes of what was to think of first."""
    if to == Stage.ACTIVE and not is_member(approach.network, approach.organisation):
        raise MobilisationError(
            _("It is not a member: record its entry first, then say that it is active.")
        )
    if to != Stage.COMMITTED:
        return []
    approach.commitment = tidy(said.get("commitment", ""), LONGEST)
    if not approach.commitment:
        raise MobilisationError(
            _("Say the small thing it commits itself to: an hour, a meeting, a first action."),
            "commitment",
        )
    cautions = cautions_before(approach.network, approach.organisation)
    if cautions and not said.get("confirmed"):
        raise CautionError(cautions)
    return [one.code for one in cautions]


def _contact(
    acting: Acting, approach: Approach, to: Stage, said: Said
) -> tuple[UUID | None, date | None]:
    """Return the contact in which a firm was met, logged if need be, and its day."""
    if to != Stage.MET or is_step_back(Stage(approach.stage), to):
        return None, None
    if wanted := said.get("contact_id"):
        known = contact_of(approach.network, approach.organisation, wanted)
        if known is None:
            raise MobilisationError(_("This contact is no longer in the log."), "contact")
        return known.public_id, localtime(known.at).date()
    meeting = said.get("meeting")
    if meeting is None:
        raise MobilisationError(_("Say in which call or visit it was met."), "contact")
    try:
        logged = log_contact(
            firm=logged_as(approach.organisation),
            sender=acting.person,
            body_name=acting.body_name,
            network_id=approach.network.public_id,
            channel=meeting.channel,
            subject=meeting.subject,
            at=meeting.at,
            counts=not meeting.asked,
        )
    except ContactError as error:
        raise MobilisationError(str(error), "day") from error
    return logged.public_id, localtime(logged.at).date()
