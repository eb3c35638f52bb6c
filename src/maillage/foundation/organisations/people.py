"""People of an organisation, as somebody enters them, before they are rows."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Final

from maillage.foundation.organisations.checking import Checked, Tidying, tidy_contact
from maillage.foundation.organisations.enums import Channel, RoleKind
from maillage.foundation.organisations.models import Organisation, Role
from maillage.foundation.organisations.problems import Problem

NEEDS_EMAIL: Final = frozenset({Channel.MAIL, Channel.WEB})
NEEDS_PHONE: Final = frozenset({Channel.SMS, Channel.PHONE})


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleDraft:
    """What is said of somebody in an organisation. `channels` are values of Channel."""

    name: str
    kind: str = RoleKind.CORRESPONDENT
    title: str = ""
    email: str = ""
    phone: str = ""
    channels: Sequence[str] = ()
    starts_on: date | None = None
    ends_on: date | None = None


ROLE_FIELDS: Final = tuple(one.name for one in fields(RoleDraft))


def check_role(draft: RoleDraft) -> Checked[RoleDraft]:
    """Tidy what is said of somebody, and find what is wrong."""
    tidy = Tidying(draft)
    tidy.lines("name", "title", "phone", "email")
    if not tidy["name"]:
        tidy.wrong("name", "person_missing")
    tidy.choice("kind", RoleKind.values, needed=True)
    tidy_contact(tidy)
    tidy["channels"] = _tidy_channels(tidy, draft.channels)
    if draft.starts_on is None:
        tidy.wrong("starts_on", "starts_missing")
    elif draft.ends_on is not None and draft.ends_on < draft.starts_on:
        tidy.wrong("ends_on", "ends_before_start")
    tidy.lengths(Role)
    return Checked(tidy.draft(), tuple(tidy.problems))


def _tidy_channels(tidy: Tidying, typed: Collection[str]) -> list[str]:
    """Return the channels in the order of the list; one needs what it is used with."""
    for value in typed:
        if value not in Channel.values:
            tidy.wrong("channels", "choice_unknown", value=value)
    chosen = [value for value in Channel.values if value in typed]
    if not tidy["email"] and NEEDS_EMAIL & set(chosen):
        tidy.problems.append(Problem("email", "channel_without_email"))
    if not tidy["phone"] and NEEDS_PHONE & set(chosen):
        tidy.problems.append(Problem("phone", "channel_without_phone"))
    return chosen


def new_role(organisation: Organisation, draft: RoleDraft) -> Role:
    """Return the row of a tidy draft, not saved."""
    return Role(organisation=organisation, **{name: getattr(draft, name) for name in ROLE_FIELDS})


def role_draft_of(role: Role) -> RoleDraft:
    """Return what is known of somebody, as a draft."""
    return RoleDraft(**{name: getattr(role, name) for name in ROLE_FIELDS})
