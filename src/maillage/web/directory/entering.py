"""An animator writes an organisation into the directory of a network."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from maillage.foundation.audit.actions import record
from maillage.foundation.networks.acting import Acting
from maillage.foundation.organisations.actions import create_organisation
from maillage.foundation.organisations.checking import check
from maillage.foundation.organisations.drafts import OrganisationDraft, folded
from maillage.foundation.organisations.errors import OrganisationError, SirenTakenError
from maillage.foundation.organisations.models import Organisation
from maillage.foundation.visibility.directory import directory_of
from maillage.foundation.visibility.entry import list_in_network
from maillage.foundation.visibility.seen import SeenOrganisation


class AlreadyListedError(OrganisationError):
    """Raised when the directory has this very organisation; `seen` is that one."""

    def __init__(self, seen: SeenOrganisation) -> None:
        super().__init__(
            _("%(name)s bears this SIREN number and is in the directory already.")
            % {"name": seen.name}
        )
        self.seen = seen


class AlikeError(OrganisationError):
    """Raised when the directory has organisations of this name at this place: `alike`."""

    def __init__(self, alike: Sequence[SeenOrganisation]) -> None:
        super().__init__(
            _("%(name)s, at %(commune)s, is in the directory already. Is it another one?")
            % {"name": alike[0].name, "commune": alike[0].commune}
        )
        self.alike = alike


@transaction.atomic
def enter_organisation(
    *, acting: Acting, draft: OrganisationDraft, although_alike: bool = False
) -> Organisation:
    """Create an organisation and list it in the network of the role in use.

    One that another network of the association entered is listed as it is there, and nothing says
    that it was known. Raises DraftError, AlreadyListedError, AlikeError.
    """
    network = acting.network
    if network is None:
        raise OrganisationError(_("Choose a network first."))
    tidy = check(draft).fit()
    directory = directory_of(acting)
    if not although_alike and tidy.site is not None:
        _refuse_alike(acting, tidy)
    try:
        organisation = create_organisation(
            register=network.register,
            draft=tidy,
            actor_id=acting.person.public_id,
            network_id=network.public_id,
        )
    except SirenTakenError as error:
        organisation = error.existing
        if (seen := directory.one(organisation.public_id)) is not None:
            raise AlreadyListedError(seen) from error
    list_in_network(network=network, organisation_ids=[organisation.pk])
    record(
        actor_id=acting.person.public_id,
        act="list",
        subject_type="organisation",
        subject_id=organisation.public_id,
        network_id=network.public_id,
    )
    return organisation


def _refuse_alike(acting: Acting, draft: OrganisationDraft) -> None:
    insee = draft.site.insee if draft.site is not None else ""
    there = directory_of(acting).filtered(insee=insee).named(draft.name)
    alike = [
        seen
        for seen in there
        if folded(seen.name) == folded(draft.name)
        and not (draft.siren and seen.siren and seen.siren != draft.siren)
        and not (draft.siren and seen.siren == draft.siren)
    ]
    if alike:
        raise AlikeError(alike)
