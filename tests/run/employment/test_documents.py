"""Documents are drawn up, sent, signed by link or on paper; then they hold."""

from datetime import date
from decimal import Decimal

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from maillage.bricks.agreements.links import open_link
from maillage.bricks.agreements.models import AgreementDocument, AgreementVersion, Signature
from maillage.bricks.agreements.refusals import AgreementError, NewerVersionError
from maillage.bricks.agreements.signing import Signatory
from maillage.foundation.notify.models import OutgoingMail
from maillage.run.employment.contracts import change_contract
from maillage.run.employment.departure import end_contract
from maillage.run.employment.documents import (
    Paper,
    draw_up,
    paper_about,
    paper_named,
    papers_of,
    standing_of,
    standings_of,
)
from maillage.run.employment.enums import EndReason, PaperKind
from maillage.run.employment.models import EmploymentContract, LendingAgreement
from maillage.run.employment.refusals import LendingError, StaffError
from maillage.run.employment.signing import (
    consent_to,
    keep_paper,
    link_of,
    link_path,
    send_to_sign,
    sign_for_firm,
    sign_for_group,
    sign_with_link,
)
from tests.bricks.agreements.test_signing import PDF
from tests.cast import Cast, acting, inside
from tests.launch.charter.stories import published, signed
from tests.run.employment.stories import (
    ALICE,
    HOME,
    drafted,
    gilles,
    lent,
    signed_contract,
    signed_lending,
    words,
)

GILLES = Signatory(name="Gilles Moreau")
BOB = Signatory(name="Bob Martin", role="Gérant")


def paper_of(contract: EmploymentContract) -> Paper:
    """Return the contract as a document."""
    return Paper(PaperKind.CONTRACT, contract)


def said_by(version: AgreementVersion) -> str:
    """Return every word of a version."""
    return " ".join(f"{one['title']} {one['text']}" for one in version.clauses)


def test_a_contract_holds_every_item_that_the_law_asks_for(cast: Cast) -> None:
    with inside(cast.network):
        contract = drafted(cast)
        version = draw_up(acting=acting(cast.alice, cast.network), paper=paper_of(contract))
        said = said_by(version)
        for item in (
            "Gilles Moreau",
            HOME,
            "Metiers partages",
            "Vendeur polyvalent",
            "Employé, niveau II",
            "Boulangerie Martin, Blois",
            "Garage Lemoine, Vendôme",
            "Blois, Vendôme",
            "35\xa0h",
            "12,80\xa0€",
            "4 janvier 2027",
            "3 mars 2027",
        ):
            assert item in said
        assert version.language == "fr"
        document = AgreementDocument.objects.get(version=version)
        assert bytes(document.content).startswith(b"%PDF-")
        assert version.agreement.subject_id == contract.public_id
        assert paper_about(version) == paper_of(contract)
        assert draw_up(acting=acting(cast.alice, cast.network), paper=paper_of(contract)) == version
        with pytest.raises(IntegrityError), transaction.atomic():
            AgreementVersion.objects.filter(pk=version.pk).update(clauses=[])


def test_what_a_firm_signs_says_nothing_of_home_pay_or_other_firms(cast: Cast) -> None:
    with inside(cast.network):
        contract = drafted(cast)
        lent(cast, contract, cast.garage)
        lending = lent(cast, contract, cast.bakery)
        paper = Paper(PaperKind.LENDING, lending)
        said = said_by(draw_up(acting=acting(cast.alice, cast.network), paper=paper))
        for item in ("Gilles Moreau", "Vente", "17\xa0h", "23,02", "Boulangerie Martin", "90"):
            assert item in said
        for item in ("Garage", "Vendôme", "Lilas", "12,80", "35\xa0h", "1990", "06 01"):
            assert item not in said


def test_gilles_signs_by_a_link_and_alice_for_the_group(cast: Cast) -> None:
    with inside(cast.network):
        alice = acting(cast.alice, cast.network)
        contract = drafted(cast)
        paper = paper_of(contract)
        token, why_not = send_to_sign(acting=alice, paper=paper)
        assert why_not == ""
        sent = OutgoingMail.objects.get()
        assert sent.to == "gilles@worker.example"
        assert link_path(token) in sent.text
        link = link_of(token)
        assert link is not None
        assert link.party_id == contract.worker.public_id
        assert open_link(link=link) is not None
        standing = standing_of(paper)
        assert standing.state == "waiting"
        assert standing.version is not None
        sign_with_link(
            link=link,
            paper=paper,
            version=standing.version,
            signatory=GILLES,
            consent=consent_to(paper, paper.parties[1]),
        )
        assert standing_of(paper).state == "partly"
        assert [one.key for one in standing_of(paper).missing] == ["group"]
        assert EmploymentContract.objects.get().signed_on is None
        sign_for_group(
            acting=alice, paper=paper, version=standing.version, signatory=ALICE, consent="Oui"
        )
        kept = EmploymentContract.objects.get()
        assert kept.signed_on == localdate()
        assert standing_of(paper_of(kept)).state == "signed"
        signature = Signature.objects.get(party_id=contract.worker.public_id)
        assert signature.organisation is None
        assert signature.consent == (
            "I have read “Employment contract, Gilles Moreau”. I am Gilles Moreau, and I sign it."
        )
        with pytest.raises(StaffError, match="it changes by an amendment"):
            change_contract(acting=alice, contract=kept, words=words(cast))
        with pytest.raises(StaffError, match="signed by both"):
            send_to_sign(acting=alice, paper=paper_of(kept))
        with pytest.raises(StaffError, match="signed by both"):
            sign_with_link(
                link=link,
                paper=paper,
                version=standing.version,
                signatory=GILLES,
                consent="",
            )


def test_somebody_without_address_is_handed_the_link(cast: Cast) -> None:
    with inside(cast.network):
        contract = drafted(cast, gilles(cast, email=""))
        _token, why_not = send_to_sign(
            acting=acting(cast.alice, cast.network), paper=paper_of(contract)
        )
        assert why_not == "No e-mail address is known: hand the link over yourself."
        assert not OutgoingMail.objects.exists()
        assert mail.outbox == []


def test_what_changed_since_it_was_sent_is_not_signed(cast: Cast) -> None:
    with inside(cast.network):
        alice = acting(cast.alice, cast.network)
        contract = drafted(cast)
        token, _why = send_to_sign(acting=alice, paper=paper_of(contract))
        link = link_of(token)
        assert link is not None
        raised = change_contract(
            acting=alice, contract=contract, words=words(cast, hourly_pay=Decimal(13))
        )
        paper = paper_of(raised)
        assert standing_of(paper).state == "changed"
        with pytest.raises(AgreementError, match="Something changed"):
            sign_with_link(
                link=link, paper=paper, version=link.version, signatory=GILLES, consent="Oui"
            )
        second, _why = send_to_sign(acting=alice, paper=paper)
        with pytest.raises(NewerVersionError):
            sign_for_group(
                acting=alice, paper=paper, version=link.version, signatory=ALICE, consent="Oui"
            )
        newer = link_of(second)
        assert newer is not None
        assert newer.version.number == 2
        assert standing_of(paper).state == "waiting"


def test_a_scanned_original_counts_for_each_who_signed_it(cast: Cast) -> None:
    with inside(cast.network):
        alice = acting(cast.alice, cast.network)
        contract = drafted(cast, kind="fixed_term", reason="Surcroît", ends_on=date(2027, 3, 31))
        paper = paper_of(contract)
        keep_paper(
            acting=alice,
            paper=paper,
            signed=list(zip(paper.parties, (ALICE, GILLES), strict=True)),
            signed_on=localdate(),
            content=PDF,
        )
        assert EmploymentContract.objects.get().signed_on == localdate()
        assert {one.method for one in Signature.objects.all()} == {"scan"}


def test_bob_signs_for_his_firm_and_emma_cannot(cast: Cast) -> None:
    with inside(cast.network):
        alice = acting(cast.alice, cast.network)
        lending = lent(cast, signed_contract(cast), cast.bakery)
        paper = Paper(PaperKind.LENDING, lending)
        version = draw_up(acting=alice, paper=paper)
        for person in (cast.emma, cast.chloe, cast.farid):
            with pytest.raises(PermissionDenied):
                sign_for_firm(
                    acting=acting(person, cast.network),
                    paper=paper,
                    version=version,
                    signatory=BOB,
                    consent="Oui",
                )
        with pytest.raises(PermissionDenied):
            sign_for_group(
                acting=acting(cast.bob, cast.network),
                paper=paper,
                version=version,
                signatory=BOB,
                consent="Oui",
            )
        sign_for_firm(
            acting=acting(cast.bob, cast.network),
            paper=paper,
            version=version,
            signatory=BOB,
            consent="Oui",
        )
        sign_for_group(acting=alice, paper=paper, version=version, signatory=ALICE, consent="Oui")
        assert LendingAgreement.objects.get().signed_on == localdate()


def test_a_firm_signs_the_charter_before_it_is_lent_anybody(cast: Cast) -> None:
    with inside(cast.network):
        alice = acting(cast.alice, cast.network)
        lending = lent(cast, signed_contract(cast), cast.bakery)
        charter = published(cast)
        with pytest.raises(LendingError, match="has yet to sign the charter, version 1"):
            draw_up(acting=alice, paper=Paper(PaperKind.LENDING, lending))
        signed(cast, charter, cast.bob, cast.bakery)
        assert draw_up(acting=alice, paper=Paper(PaperKind.LENDING, lending)).number == 1


def test_the_documents_of_a_contract_are_listed_with_their_state(cast: Cast) -> None:
    with inside(cast.network):
        contract = signed_contract(cast, starts_on=date(2026, 10, 1))
        signed_lending(cast, contract, cast.bakery, starts_on=date(2026, 10, 1))
        lent(cast, contract, cast.garage)
        found_ones = standings_of(papers_of(contract))
        assert [(str(one.paper.kind), one.state) for one in found_ones] == [
            ("contract", "signed"),
            ("lending", "signed"),
            ("lending", "draft"),
        ]


def test_the_end_of_a_contract_is_summed_up_and_signed(cast: Cast) -> None:
    with inside(cast.network):
        alice = acting(cast.alice, cast.network)
        contract = signed_contract(cast, starts_on=date(2026, 10, 1))
        with pytest.raises(StaffError, match="has not ended"):
            draw_up(acting=alice, paper=Paper(PaperKind.ENDING, contract))
        ended = end_contract(
            acting=alice,
            contract=contract,
            ended_on=localdate(),
            reason=EndReason.HIRED_BY_MEMBER,
            hired_by=cast.garage,
        )
        paper = Paper(PaperKind.ENDING, ended)
        said = said_by(draw_up(acting=alice, paper=paper))
        assert "Garage Lemoine" in said
        assert "L1234-19" in said
        token, _why = send_to_sign(acting=alice, paper=paper)
        link = link_of(token)
        assert link is not None
        sign_with_link(
            link=link, paper=paper, version=link.version, signatory=GILLES, consent="Oui"
        )
        sign_for_group(
            acting=alice, paper=paper, version=link.version, signatory=ALICE, consent="Oui"
        )
        assert standing_of(paper).state == "signed"
        assert paper_named("ending", ended.public_id) is not None
        assert paper_named("unheard", ended.public_id) is None
