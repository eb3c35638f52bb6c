"""Creating, changing and closing the record of an organisation."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _

from maillage.foundation.organisations.actions.trail import write_line
from maillage.foundation.organisations.activities import label_of
from maillage.foundation.organisations.checking import check
from maillage.foundation.organisations.drafts import (
    ORGANISATION_FIELDS,
    SITE_FIELDS,
    OrganisationDraft,
    draft_of,
    folded,
    new_organisation,
    new_site,
    values_of,
)
from maillage.foundation.organisations.errors import (
    OrganisationChangedError,
    OrganisationError,
    SirenTakenError,
)
from maillage.foundation.organisations.models import Organisation, Register
from maillage.foundation.organisations.problems import DraftError


@transaction.atomic
def create_organisation(
    *,
    register: Register,
    draft: OrganisationDraft,
    actor_id: UUID | None,
    network_id: UUID | None = None,
) -> Organisation:
    """Write a new record, with its main site when the draft has one.

    Raises DraftError when something in the draft cannot be right, SirenTakenError when the
    register has an organisation of this number.
    """
    tidy = check(draft).fit()
    _refuse_taken(register, tidy.siren)
    organisation = new_organisation(register, tidy)
    organisation.save()
    after = values_of(tidy, ORGANISATION_FIELDS)
    if tidy.site is not None:
        new_site(organisation, tidy.site).save()
        after |= {f"site_{name}": getattr(tidy.site, name) for name in SITE_FIELDS}
    write_line(
        "create",
        "organisation",
        organisation.public_id,
        actor_id=actor_id,
        network_id=network_id,
        after={name: value for name, value in after.items() if value not in {None, ""}},
    )
    return organisation


def _refuse_taken(register: Register, siren: str, but: Organisation | None = None) -> None:
    if not siren:
        return
    # The lock makes two people who create the same firm at once come one after the other.
    Register.objects.select_for_update().get(pk=register.pk)
    others = Organisation.objects.filter(register=register, siren=siren)
    if but is not None:
        others = others.exclude(pk=but.pk)
    if existing := others.first():
        raise SirenTakenError(existing)


@transaction.atomic
def change_organisation(
    *,
    organisation: Organisation,
    version: int,
    changes: Mapping[str, Any],
    actor_id: UUID | None,
    network_id: UUID | None = None,
) -> Organisation:
    """Change some fields of a record (values as typed) that was read at `version`.

    Raises DraftError when a value cannot be right, OrganisationChangedError when the record is no
    longer the one that was read, SirenTakenError for the number of another organisation. The same
    values again change nothing.
    """
    current = Organisation.objects.get(pk=organisation.pk)
    checked = check(_merged(current, changes))
    names = [name for name in ORGANISATION_FIELDS if name in _touched(changes)]
    problems = tuple(one for one in checked.problems if one.field in names)
    if problems:
        raise DraftError(problems)
    new = values_of(checked.draft, names)
    old = values_of(current, names)
    changed = [name for name in names if new[name] != old[name]]
    if not changed:
        return current
    if current.version != version:
        raise OrganisationChangedError(current, {name: (old[name], new[name]) for name in changed})
    if "siren" in changed:
        _refuse_taken(current.register, str(new["siren"]), but=current)
    _save(current, {name: new[name] for name in changed})
    write_line(
        "change",
        "organisation",
        current.public_id,
        actor_id=actor_id,
        network_id=network_id,
        before={name: old[name] for name in changed},
        after={name: new[name] for name in changed},
    )
    return Organisation.objects.get(pk=current.pk)


def _touched(changes: Mapping[str, Any]) -> set[str]:
    """Return the fields that change, with those that follow them."""
    follows = {"headcount": {"size_band"}, "activity_code": {"activity", "activity_scheme"}}
    return set(changes).union(*(follows.get(name, set()) for name in changes))


def _merged(current: Organisation, changes: Mapping[str, Any]) -> OrganisationDraft:
    """Return the record as it would be, for it to be checked as a whole."""
    draft = replace(draft_of(current), **changes)
    label = label_of(current.activity_code, current.activity_scheme)
    if draft.activity_code != current.activity_code and draft.activity == label:
        # The words were those of the old code: let the new one bring its own.
        draft = replace(draft, activity="")
    return draft


def _save(current: Organisation, values: Mapping[str, Any]) -> None:
    """Save if the record is still the one that was read a moment ago."""
    more = {"folded_name": folded(values["name"])} if "name" in values else {}
    claimed = Organisation.objects.filter(pk=current.pk, version=current.version).update(
        **values, **more, version=F("version") + 1, changed_at=now()
    )
    if not claimed:
        latest = Organisation.objects.get(pk=current.pk)
        there = values_of(latest, values.keys())
        raise OrganisationChangedError(
            latest, {name: (there[name], value) for name, value in values.items()}
        )


@transaction.atomic
def close_organisation(
    *,
    organisation: Organisation,
    day: date,
    actor_id: UUID | None,
    network_id: UUID | None = None,
) -> None:
    """Note that an organisation closed on a day; its record is kept."""
    if day > localdate():
        raise OrganisationError(_("A firm is noted as closed once it is: choose a past day."))
    _set_closed(organisation, day, "close", actor_id=actor_id, network_id=network_id)


@transaction.atomic
def reopen_organisation(
    *, organisation: Organisation, actor_id: UUID | None, network_id: UUID | None = None
) -> None:
    """Take a closure back."""
    _set_closed(organisation, None, "reopen", actor_id=actor_id, network_id=network_id)


def _set_closed(
    organisation: Organisation,
    day: date | None,
    act: str,
    *,
    actor_id: UUID | None,
    network_id: UUID | None,
) -> None:
    before = Organisation.objects.get(pk=organisation.pk).closed_on
    if before == day:
        return
    Organisation.objects.filter(pk=organisation.pk).update(
        closed_on=day, version=F("version") + 1, changed_at=now()
    )
    write_line(
        act,
        "organisation",
        organisation.public_id,
        actor_id=actor_id,
        network_id=network_id,
        before={"closed_on": before},
        after={"closed_on": day},
    )
