"""The charter: drafted from what is proposed, signed, signed again when it must be."""

import pytest
from django.core.exceptions import PermissionDenied
from django.utils.timezone import localdate

from maillage.bricks.agreements.clauses import Clause, clauses_of
from maillage.bricks.agreements.models import AgreementVersion, Signature
from maillage.bricks.agreements.refusals import AgreementError
from maillage.foundation.audit.models import AuditLine
from maillage.foundation.networks.models import Membership, MembershipPeriod
from maillage.foundation.organisations.models import Organisation
from maillage.launch.charter.actions import (
    begin_charter,
    drop_charter_draft,
    publish_charter,
    raise_clause,
    record_paper,
    set_clause,
    sign_charter,
)
from maillage.launch.charter.queries import (
    book_of,
    charter_draft,
    charter_of,
    clause_holds,
    has_signed,
    parameter_of,
    signed_count,
    standing_count,
    who_must_sign,
)
from tests.bricks.agreements.test_signing import PDF
from tests.cast import Cast, acting, inside, more_firms
from tests.launch.charter.stories import BOB, CONSENT, clause_of, published, signed


def due(cast: Cast) -> dict[str, int | None]:
    """Return who must sign, with the version they signed before."""
    return {one.organisation.name: one.signed for one in who_must_sign(cast.network)}


def counts(cast: Cast) -> tuple[int | None, int | None]:
    """Return how many members there are, and how many signed when it may be told."""
    return signed_count(cast.network, book_of(cast.network))


def test_the_first_draft_is_that_of_an_employers_group(cast: Cast) -> None:
    with inside(cast.network):
        draft = begin_charter(acting=acting(cast.alice, cast.network), language="fr")
        assert draft.agreement.title == "Charte du travail à temps partagé"
        assert [one.rule for one in clauses_of(draft.clauses) if one.rule] == [
            "no_shared_worker_between_competitors",
            "timetables",
            "confidentiality",
        ]
        times = clause_of(draft, "timetables")
        assert times.parameter == "busy_free"
        assert times.effect.startswith("Le logiciel y veille")
        assert charter_of(cast.network) is None
        assert charter_draft(cast.network) == draft


def test_only_the_animator_writes_the_charter(cast: Cast) -> None:
    with inside(cast.network):
        draft = begin_charter(acting=acting(cast.alice, cast.network), language="en")
        for person in (cast.bob, cast.chloe, cast.farid):
            who = acting(person, cast.network)
            with pytest.raises(PermissionDenied):
                begin_charter(acting=who, language="fr")
            with pytest.raises(PermissionDenied):
                publish_charter(acting=who, draft=draft, revision=1, summary="")
            with pytest.raises(PermissionDenied):
                drop_charter_draft(acting=who, draft=draft)
            with pytest.raises(PermissionDenied):
                raise_clause(acting=who, draft=draft, revision=1, key="employer")
        assert AgreementVersion.objects.get() == draft


def test_clauses_are_written_moved_and_given_keys(cast: Cast) -> None:
    alice = acting(cast.alice, cast.network)
    with inside(cast.network):
        draft = begin_charter(acting=alice, language="fr")
        for _time in range(2):
            draft = set_clause(
                acting=alice,
                draft=draft,
                revision=draft.revision,
                clause=Clause(key="", title="Été : 2 équipes", text="Un.\r\n\r\nDeux."),
            )
        keys = [one.key for one in clauses_of(draft.clauses)]
        assert keys[-2:] == ["ete_2_equipes", "ete_2_equipes_2"]
        assert clause_of(draft, "ete_2_equipes").paragraphs == ["Un.", "Deux."]
        draft = raise_clause(acting=alice, draft=draft, revision=draft.revision, key="employer")
        draft = raise_clause(acting=alice, draft=draft, revision=draft.revision, key="employer")
        assert [one.key for one in clauses_of(draft.clauses)][:2] == ["employer", "purpose"]
        odd = Clause(key="", title="Règle", text="x", rule="timetables", parameter="always")
        with pytest.raises(AgreementError, match="Choose what the software does"):
            set_clause(acting=alice, draft=draft, revision=draft.revision, clause=odd)


def test_a_rule_holds_from_the_publication_and_until_a_version_drops_it(cast: Cast) -> None:
    rule = "no_shared_worker_between_competitors"
    with inside(cast.network):
        assert parameter_of(cast.network, "timetables") == "busy_free"
        begin = begin_charter(acting=acting(cast.alice, cast.network), language="fr")
        assert not clause_holds(cast.network, rule)
        drop_charter_draft(acting=acting(cast.alice, cast.network), draft=begin)
        first = published(cast)
        assert clause_holds(cast.network, rule)
        assert not clause_holds(cast.network, "unheard_of")
        places = clause_of(first, "timetables", parameter="workplaces")
        second = published(cast, places, summary="Les lieux de travail")
        assert parameter_of(cast.network, "timetables") == "workplaces"
        assert "quand et où" in clause_of(second, "timetables").effect
        published(cast, without="competitors", summary="Plus de règle")
        assert not clause_holds(cast.network, rule)
        assert parameter_of(cast.network, rule) == ""


def test_all_members_sign_at_first_then_those_whose_consent_is_needed_again(cast: Cast) -> None:
    with inside(cast.network):
        assert who_must_sign(cast.network) == []
        first = published(cast)
        assert due(cast) == {
            "Boulangerie Martin": None,
            "Fournil Durand": None,
            "Garage Lemoine": None,
        }
        assert not has_signed(cast.bakery)
        signed(cast, first, cast.bob, cast.bakery)
        assert due(cast) == {"Fournil Durand": None, "Garage Lemoine": None}
        assert has_signed(cast.bakery)
        # A clause that needs no consent: the signature stands.
        second = published(cast, clause_of(first, "purpose", text="Durer."), summary="Le but")
        assert (has_signed(cast.bakery), "Boulangerie Martin" in due(cast)) == (True, False)
        # One that needs it: the signature stands no more.
        employer = clause_of(second, "employer", text="Le groupement emploie.")
        published(cast, employer, summary="L’employeur")
        assert not has_signed(cast.bakery)
        assert due(cast)["Boulangerie Martin"] == 1
        # Put back as it was when it was signed: nothing more to agree to.
        published(cast, clause_of(first, "employer"), summary="Comme avant")
        assert has_signed(cast.bakery)
        assert "Boulangerie Martin" not in due(cast)


def test_those_who_left_or_closed_sign_nothing(cast: Cast) -> None:
    with inside(cast.network):
        first = published(cast)
        MembershipPeriod.objects.filter(membership__organisation=cast.garage).delete()
        Organisation.objects.filter(pk=cast.rival.pk).update(closed_on=localdate())
        assert due(cast) == {"Boulangerie Martin": None}
        signed(cast, first, cast.bob, cast.bakery)
        assert due(cast) == {}


def test_each_signs_for_their_own_firm_only(cast: Cast) -> None:
    with inside(cast.network):
        version = published(cast)
        for person in (cast.alice, cast.emma, cast.chloe, cast.farid):
            with pytest.raises(PermissionDenied):
                sign_charter(
                    acting=acting(person, cast.network),
                    version=version,
                    organisation=cast.bakery,
                    signatory=BOB,
                    consent=CONSENT,
                )
        assert not Signature.objects.exists()


def test_alice_keeps_the_paper_of_a_firm_even_of_an_older_version(cast: Cast) -> None:
    alice = acting(cast.alice, cast.network)
    with inside(cast.network):
        first = published(cast)
        published(cast, clause_of(first, "employer", text="Autre."), summary="L’employeur")
        given = {"signatory": BOB, "signed_on": localdate(), "content": PDF}
        record_paper(acting=alice, version=first, organisation=cast.bakery, **given)  # type: ignore[arg-type]  # by name
        assert due(cast)["Boulangerie Martin"] == 1
        Membership.objects.filter(organisation=cast.garage).delete()
        with pytest.raises(AgreementError, match="not in the directory"):
            record_paper(acting=alice, version=first, organisation=cast.garage, **given)  # type: ignore[arg-type]  # by name
        with pytest.raises(PermissionDenied):
            record_paper(
                acting=acting(cast.bob, cast.network),
                version=first,
                organisation=cast.bakery,
                **given,  # type: ignore[arg-type]  # by name
            )


def test_members_read_how_many_signed_only_when_it_names_nobody(cast: Cast) -> None:
    with inside(cast.network):
        version = published(cast)
        signed(cast, version, cast.bob, cast.bakery)
        assert counts(cast) == (None, None)
        firms = more_firms(cast, 20)[::2]
        alice = acting(cast.alice, cast.network)
        for firm in firms[:4]:
            record_paper(
                acting=alice,
                version=version,
                organisation=firm,
                signatory=BOB,
                signed_on=localdate(),
                content=PDF,
            )
        assert counts(cast) == (13, 5)
        for firm in firms[4:8]:
            record_paper(
                acting=alice,
                version=version,
                organisation=firm,
                signatory=BOB,
                signed_on=localdate(),
                content=PDF,
            )
        assert counts(cast) == (13, None)  # four are left: no figure names them
        assert standing_count(cast.network, book_of(cast.network)) == (13, 9)


def test_each_step_is_in_the_trail(cast: Cast) -> None:
    with inside(cast.network):
        version = published(cast)
        signature = signed(cast, version, cast.bob, cast.bakery)
        line = AuditLine.objects.get(act="sign")
        assert (line.actor_id, line.subject_id) == (cast.bob.public_id, signature.public_id)
        values = {one.field: one.after for one in line.values_changed.all()}
        assert values["organisation"] == str(cast.bakery.public_id)
        assert values["sha256"] == signature.sha256
