"""The charter, from its first draft to its signatures."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from django.core.exceptions import PermissionDenied
from django.utils.text import slugify
from django.utils.translation import gettext as _

from maillage.bricks.agreements.actions import begin_draft, drop_draft, keep_draft, publish
from maillage.bricks.agreements.clauses import Clause, clauses_of
from maillage.bricks.agreements.enums import SignatureMethod
from maillage.bricks.agreements.models import AgreementVersion, Signature
from maillage.bricks.agreements.refusals import AgreementError
from maillage.bricks.agreements.signing import Signatory, keep_scan, sign
from maillage.foundation.networks.acting import Acting
from maillage.foundation.networks.models import Membership, Network
from maillage.foundation.organisations.models import Organisation
from maillage.launch.charter.permissions import can_manage_charter, can_sign_charter_for
from maillage.launch.charter.presets import first_draft
from maillage.launch.charter.queries import CHARTER
from maillage.launch.charter.rules import effect_of, takes

LONGEST_KEY = 30  # characters, before the number that tells two of them apart


def begin_charter(*, acting: Acting, language: str) -> AgreementVersion:
    """Begin the next version: from the version in force, at first from the draft proposed.

    Raises AgreementError when a draft is under way.
    """
    network = _network(acting)
    first = first_draft(network.preset, language)
    return begin_draft(
        network=network,
        kind=CHARTER,
        title=first.title,
        language=language,
        clauses=first.clauses,
        actor_id=acting.person.public_id,
    )


def set_clause(
    *, acting: Acting, draft: AgreementVersion, revision: int, clause: Clause
) -> AgreementVersion:
    """Write a clause of a draft, at the end when its key is new or empty.

    What the software does of it is said in the language of the text. Raises AgreementError.
    """
    if not takes(clause.rule, clause.parameter):
        raise AgreementError(_("Choose what the software does of this clause."), "rule")
    clauses = clauses_of(draft.clauses)
    written = replace(
        clause,
        key=clause.key or _new_key(clause.title, clauses),
        title=" ".join(clause.title.split()),
        text=clause.text.replace("\r\n", "\n").strip(),
        effect=effect_of(clause.rule, clause.parameter, draft.language),
    )
    if any(one.key == written.key for one in clauses):
        wanted = tuple(written if one.key == written.key else one for one in clauses)
    else:
        wanted = (*clauses, written)
    return _keep(acting, draft, revision, wanted)


def remove_clause(
    *, acting: Acting, draft: AgreementVersion, revision: int, key: str
) -> AgreementVersion:
    """Take a clause out of a draft. Raises AgreementError."""
    kept = tuple(one for one in clauses_of(draft.clauses) if one.key != key)
    return _keep(acting, draft, revision, kept)


def raise_clause(
    *, acting: Acting, draft: AgreementVersion, revision: int, key: str
) -> AgreementVersion:
    """Put a clause before the one that precedes it; the first one stays. Raises AgreementError."""
    clauses = list(clauses_of(draft.clauses))
    at = next((rank for rank, one in enumerate(clauses) if one.key == key), 0)
    if at:
        clauses[at - 1], clauses[at] = clauses[at], clauses[at - 1]
    return _keep(acting, draft, revision, clauses)


def drop_charter_draft(*, acting: Acting, draft: AgreementVersion) -> None:
    """Throw a draft away. Raises AgreementError."""
    _network(acting)
    drop_draft(version=draft, actor_id=acting.person.public_id)


def publish_charter(
    *, acting: Acting, draft: AgreementVersion, revision: int, summary: str
) -> AgreementVersion:
    """Publish a draft: it never changes again. Raises AgreementError."""
    _network(acting)
    return publish(
        version=draft, revision=revision, summary=summary, actor_id=acting.person.public_id
    )


def sign_charter(
    *,
    acting: Acting,
    version: AgreementVersion,
    organisation: Organisation,
    signatory: Signatory,
    consent: str,
) -> Signature:
    """Sign in the name of one's own firm. Raises NewerVersionError, AgreementError."""
    if not can_sign_charter_for(acting, organisation):
        raise PermissionDenied
    return sign(
        version=version,
        organisation=organisation,
        signatory=signatory,
        method=SignatureMethod.ACCOUNT,
        consent=consent,
        actor_id=acting.person.public_id,
    )


def record_paper(
    *,
    acting: Acting,
    version: AgreementVersion,
    organisation: Organisation,
    signatory: Signatory,
    signed_on: date,
    content: bytes,
) -> Signature:
    """Keep the paper that a firm signed, as its scan. Raises AgreementError."""
    network = _network(acting)
    if not Membership.objects.filter(network=network, organisation=organisation).exists():
        raise AgreementError(_("This firm is not in the directory of the network."))
    return keep_scan(
        version=version,
        organisation=organisation,
        signatory=signatory,
        signed_on=signed_on,
        content=content,
        actor_id=acting.person.public_id,
    )


def consent_sentence(*, title: str, number: int, firm: str) -> str:
    """Return what whoever signs agrees to, in the language in use: it is kept as it was shown."""
    return _(
        "I have read “%(title)s”, version %(number)s. I may commit %(firm)s, and I sign this"
        " version in its name."
    ) % {"title": title, "number": number, "firm": firm}


def _keep(
    acting: Acting, draft: AgreementVersion, revision: int, clauses: Sequence[Clause]
) -> AgreementVersion:
    _network(acting)
    return keep_draft(
        version=draft, revision=revision, clauses=clauses, actor_id=acting.person.public_id
    )


def _new_key(title: str, clauses: Sequence[Clause]) -> str:
    """Return a key that no clause has, made of the title."""
    letters = slugify(title).replace("-", "_").lstrip("_0123456789")[:LONGEST_KEY]
    taken = {clause.key for clause in clauses}
    key = letters or "clause"
    rank = 1
    while key in taken:
        rank += 1
        key = f"{letters or 'clause'}_{rank}"
    return key


def _network(acting: Acting) -> Network:
    if acting.network is None or not can_manage_charter(acting):
        raise PermissionDenied
    return acting.network
