"""People of an organisation: who they are there, how to reach them, from when to when.

What a person may do on the site comes from a role that is theirs; such a role is given by an
invitation, and here only looked after or ended.
"""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from maillage.foundation.organisations.actions.trail import raise_version, write_line
from maillage.foundation.organisations.drafts import values_of
from maillage.foundation.organisations.errors import OrganisationError
from maillage.foundation.organisations.models import Organisation, Role
from maillage.foundation.organisations.people import ROLE_FIELDS, RoleDraft, check_role, new_role


@transaction.atomic
def add_role(
    *,
    organisation: Organisation,
    draft: RoleDraft,
    actor_id: UUID | None,
    network_id: UUID | None = None,
) -> Role:
    """Write somebody into the book of an organisation; raises DraftError when it cannot be."""
    role = new_role(organisation, check_role(draft).fit())
    raise_version(organisation)
    role.save()
    after = values_of(role, ROLE_FIELDS) | {"organisation": str(organisation.public_id)}
    _trail(role, "add", actor_id, network_id, after=after)
    return role


@transaction.atomic
def change_role(
    *,
    role: Role,
    draft: RoleDraft,
    actor_id: UUID | None,
    network_id: UUID | None = None,
) -> Role:
    """Change what is known of somebody in an organisation.

    Raises DraftError; OrganisationError when it would change what a person may do on the site.
    """
    tidy = check_role(draft).fit()
    if role.person_id is not None and tidy.kind != role.kind:
        raise OrganisationError(
            _(
                "This person signs in with this role, and what they may do depends on it. End this"
                " role and invite them to the new one."
            )
        )
    before = values_of(role, ROLE_FIELDS)
    after = values_of(tidy, ROLE_FIELDS)
    changed = [name for name in ROLE_FIELDS if before[name] != after[name]]
    if not changed:
        return role
    for name in changed:
        setattr(role, name, after[name])
    raise_version(role.organisation)
    role.save(update_fields=changed)
    _trail(role, "change", actor_id, network_id, before=before, after=after)
    return role


@transaction.atomic
def end_role(
    *, role: Role, day: date, actor_id: UUID | None, network_id: UUID | None = None
) -> None:
    """End what somebody is in an organisation: `day` is the last one it holds."""
    if day < role.starts_on:
        raise OrganisationError(_("The last day comes before the first one."))
    _set_end(role, day, "end", actor_id, network_id)


@transaction.atomic
def resume_role(*, role: Role, actor_id: UUID | None, network_id: UUID | None = None) -> None:
    """Take the end of a role back."""
    if role.ends_on is not None and role.ends_on < localdate() and role.person_id is not None:
        raise OrganisationError(
            _("This role ended: invite the person again instead of bringing it back.")
        )
    _set_end(role, None, "resume", actor_id, network_id)


def _set_end(
    role: Role, day: date | None, act: str, actor_id: UUID | None, network_id: UUID | None
) -> None:
    before = role.ends_on
    if before == day:
        return
    raise_version(role.organisation)
    role.ends_on = day
    role.save(update_fields=["ends_on"])
    _trail(role, act, actor_id, network_id, {"ends_on": before}, {"ends_on": day})


def _trail(
    role: Role,
    act: str,
    actor_id: UUID | None,
    network_id: UUID | None,
    before: dict[str, object] | None = None,
    after: dict[str, object] | None = None,
) -> None:
    write_line(
        act,
        "role",
        role.public_id,
        actor_id=actor_id,
        network_id=network_id,
        before=before,
        after=after,
    )
