"""What Alice and the firms do with a charter, for the tests that come after."""

from dataclasses import replace

from django.utils.timezone import now

from maillage.bricks.agreements.clauses import Clause, clauses_of
from maillage.bricks.agreements.models import AgreementVersion, Signature
from maillage.bricks.agreements.signing import Signatory
from maillage.foundation.accounts.models import Person
from maillage.foundation.organisations.models import Organisation
from maillage.foundation.visibility.models import Competition, CompetitionLift
from maillage.launch.charter.actions import (
    begin_charter,
    publish_charter,
    remove_clause,
    set_clause,
    sign_charter,
)
from tests.cast import Cast, acting

BOB = Signatory(name="Bob Martin", role="Gérant")
CONSENT = "I sign."


def published(
    cast: Cast, *changed: Clause, without: str = "", summary: str = ""
) -> AgreementVersion:
    """Publish the next version as Alice, with clauses changed or taken out; the scope is open."""
    alice = acting(cast.alice, cast.network)
    draft = begin_charter(acting=alice, language="fr")
    for clause in changed:
        draft = set_clause(acting=alice, draft=draft, revision=draft.revision, clause=clause)
    if without:
        draft = remove_clause(acting=alice, draft=draft, revision=draft.revision, key=without)
    return publish_charter(acting=alice, draft=draft, revision=draft.revision, summary=summary)


def clause_of(version: AgreementVersion, key: str, **changed: object) -> Clause:
    """Return a clause of a version, changed."""
    found = next(one for one in clauses_of(version.clauses) if one.key == key)
    return replace(found, **changed)  # type: ignore[arg-type]  # given by name


def signed(cast: Cast, version: AgreementVersion, person: Person, firm: Organisation) -> Signature:
    """Sign as the owner of a firm."""
    return sign_charter(
        acting=acting(person, cast.network),
        version=version,
        organisation=firm,
        signatory=Signatory(name=person.name, role="Gérant"),
        consent=CONSENT,
    )


def met(cast: Cast) -> Competition:
    """Let Bob and Emma, who compete, have agreed to meet on a topic: each knows of the other."""
    pair = Competition.objects.get()
    CompetitionLift.objects.create(
        competition=pair,
        topic="Farine",
        proposed_by_id=cast.alice.public_id,
        first_agreed_at=now(),
        second_agreed_at=now(),
    )
    return pair
