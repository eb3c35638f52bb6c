"""Alice hires, lends and lets go; Gilles signs on his telephone; Bob sees his own people alone."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.timezone import localdate

from maillage.foundation.accounts.models import Person
from maillage.foundation.networks.models import MembershipPeriod, NetworkModule
from maillage.run.employment.documents import Paper
from maillage.run.employment.enums import PaperKind
from maillage.run.employment.models import EmploymentContract, LendingAgreement, Worker
from maillage.run.employment.models_of_contracts import ContractFigure, TrialOpinion, UsersChange
from maillage.run.employment.opinions import ask_opinions
from maillage.run.employment.signing import send_to_sign
from tests.bricks.agreements.test_signing import PDF
from tests.cast import Cast, acting, inside, more_firms
from tests.run.employment.stories import (
    HOME,
    confirmed_job,
    drafted,
    gilles,
    in_days,
    lent,
    signed_contract,
    signed_lending,
)
from tests.strictness import StrictClient

type ClientOf = Callable[[Person], Client]
AREA = "/n/metiers-partages/workers/"
SECRETS = ("Garage", "Vendôme", "Lilas", "12,80", "12.80", "1990", "06 01 02", "gilles@worker")


@pytest.fixture
def alice(cast: Cast, client_of: ClientOf) -> Client:
    """Alice's browser."""
    return client_of(cast.alice)


@pytest.fixture
def bob(cast: Cast, client_of: ClientOf) -> Client:
    """Bob's browser."""
    return client_of(cast.bob)


@pytest.fixture
def emma(cast: Cast, client_of: ClientOf) -> Client:
    """Emma's browser."""
    return client_of(cast.emma)


@pytest.fixture
def phone() -> Client:
    """The telephone of Gilles, who has no account."""
    browser: Client = StrictClient(headers={"accept-language": "en"})
    return browser


def text_of(client: Client, path: str) -> str:
    """Return what a page says."""
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def typed_contract(cast: Cast, **changed: object) -> dict[str, object]:
    """Return a contract as Alice types it."""
    return {
        "kind": "permanent",
        "title": "Vendeur",
        "occupation": "d1106",
        "qualification": "Employé",
        "grade": "worker",
        "starts_on": "2027-01-04",
        "week_minutes": "35",
        "hourly_pay": "12.80",
        "rhythm": "Du lundi au vendredi",
        "places": "Blois",
        "users": [str(cast.bakery.public_id), str(cast.garage.public_id)],
        "trial": "on",
        **changed,
    }


def test_alice_writes_a_worker_down_and_draws_up_the_contract(cast: Cast, alice: Client) -> None:
    typed = {
        "name": "Gilles Moreau",
        "commune": "Blois",
        "skills": "D1106 Vente en alimentation 3\n\nI1604 Mécanique",
        "language": "fr",
    }
    answer = alice.post(f"{AREA}new/", typed)
    with inside(cast.network):
        worker = Worker.objects.get()
        skills = [(one.occupation, one.occupation_label, one.level) for one in worker.skills.all()]
    assert answer["Location"] == f"{AREA}{worker.public_id}/"
    assert skills == [("D1106", "Vente en alimentation", 3), ("I1604", "Mécanique", 2)]
    page = alice.post(
        f"{AREA}{worker.public_id}/contract/", typed_contract(cast, week_minutes="23.98")
    )
    assert page.status_code == 422
    assert "(L3123-27)" in page.content.decode()
    kept = alice.post(f"{AREA}{worker.public_id}/contract/", typed_contract(cast))
    assert kept["Location"] == f"{AREA}{worker.public_id}/"
    record = text_of(alice, f"{AREA}{worker.public_id}/")
    for item in ("Vendeur", "35\xa0h", "Declare the hiring", "Mécanique", "Contract drawn up"):
        assert item in record
    with inside(cast.network):
        contract = EmploymentContract.objects.get()
        assert (contract.occupation, contract.week_minutes) == ("D1106", 2100)
    change = f"{AREA}contracts/{contract.public_id}/change/"
    assert 'value="35"' in text_of(alice, change)
    assert alice.post(change, typed_contract(cast, title="Vendeuse")).status_code == 302
    with inside(cast.network):
        assert EmploymentContract.objects.get().title == "Vendeuse"
    assert alice.post(f"{AREA}contracts/{contract.public_id}/drop/").status_code == 302
    assert alice.post(f"{AREA}{worker.public_id}/remove/")["Location"] == AREA


@pytest.mark.parametrize(
    ("line", "sentence"),
    [("Vente", "Line 1: write a ROME code"), ("D1106", "Line 1"), ("Z9999 Rien 2", "Line 1")],
)
def test_an_occupation_that_is_none_is_told(alice: Client, line: str, sentence: str) -> None:
    typed = {"name": "Gilles", "skills": line, "language": "fr"}
    answer = alice.post(f"{AREA}new/", typed)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()


def test_alice_hires_for_a_job_in_one_page(cast: Cast, alice: Client) -> None:
    with inside(cast.network):
        job = confirmed_job(cast)
    assert str(job.public_id) in text_of(alice, f"{AREA}hire/")
    url = f"{AREA}hire/{job.public_id}/"
    page = text_of(alice, url)
    assert 'value="34"' in page
    assert "17\xa0h" in page
    typed = {
        **typed_contract(cast, week_minutes="34"),
        "who-name": "Gilles Moreau",
        "who-language": "fr",
        "terms-cost_terms": "23,02 € de l’heure",
        "terms-notice_days": "60",
    }
    refused = alice.post(url, {**typed, "who-name": ""})
    assert refused.status_code == 422
    assert "or give a name" in refused.content.decode()
    low = alice.post(url, {**typed, "hourly_pay": "12.30"})
    assert "The minimum wage is" in low.content.decode()
    with inside(cast.network):
        assert not Worker.objects.exists()
    assert alice.post(url, typed).status_code == 302
    with inside(cast.network):
        lendings = LendingAgreement.objects.select_related("organisation")
        assert {(one.organisation.name, one.notice_days) for one in lendings} == {
            ("Boulangerie Martin", 60),
            ("Garage Lemoine", 60),
        }
    assert alice.get(url).status_code == 404


def test_a_firm_that_is_no_member_is_offered_to_join(cast: Cast, alice: Client) -> None:
    with inside(cast.network):
        contract = drafted(cast, starts_on=in_days(30))
        MembershipPeriod.objects.filter(membership__organisation=cast.garage).update(
            ends_on=in_days(10)
        )
    typed = typed_contract(cast, starts_on=in_days(30).isoformat())
    answer = alice.post(f"{AREA}contracts/{contract.public_id}/change/", typed)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "members only (L1253-1)" in page
    assert f"/members/{cast.garage.public_id}/" in page


def test_gilles_signs_on_his_telephone_without_an_account(
    cast: Cast, alice: Client, phone: Client, bob: Client
) -> None:
    with inside(cast.network):
        contract = drafted(cast)
    paper = f"{AREA}papers/contract/{contract.public_id}/"
    assert "This is how it will read" in text_of(alice, paper)
    sent = alice.post(f"{paper}send/").content.decode()
    link = sent.partition('id="link">')[2].partition("</p>")[0].strip()
    path = "/d/" + link.partition("/d/")[2]
    assert "Open it on this device" in text_of(phone, path)
    assert phone.get(f"{path}document/").status_code == 302
    assert phone.get(path.replace("/d/", "/c/")).status_code == 410
    assert bob.get(path).status_code == 410
    assert phone.post(path).status_code == 302
    page = text_of(phone, path)
    assert "Vendeur polyvalent" in page
    assert phone.get(f"{path}document/").content.startswith(b"%PDF-")
    signing = {"name": "Gilles Moreau", "version": "1", "said_in": "en"}
    assert phone.post(path, signing).status_code == 422
    assert phone.post(path, {**signing, "consent": "on"})["Location"] == path
    assert "Thank you, it is signed" in text_of(phone, path)
    assert "Gilles Moreau" in text_of(alice, paper)
    assert "Who you are in the firm" in text_of(alice, f"{paper}sign/")
    mine = {"name": "Alice", "role": "Animatrice", "version": "1", "said_in": "en", "consent": "on"}
    assert alice.post(f"{paper}sign/", mine)["Location"] == paper
    with inside(cast.network):
        assert EmploymentContract.objects.get().signed_on == localdate()
    assert alice.get(f"{AREA}contracts/{contract.public_id}/change/").status_code == 302
    assert Client().get(path).status_code == 410


def test_a_link_that_leads_nowhere_says_so(cast: Cast, phone: Client) -> None:
    assert phone.get("/d/nowhere/").status_code == 410
    assert phone.get("/d/nowhere/document/").status_code == 410
    with inside(cast.network):
        contract = drafted(cast)
        token, _why = send_to_sign(
            acting=acting(cast.alice, cast.network), paper=Paper(PaperKind.CONTRACT, contract)
        )
        NetworkModule.objects.filter(key="employment").delete()
    assert phone.get(f"/d/{token}/").status_code == 410


def test_an_original_on_paper_is_scanned_for_both(cast: Cast, alice: Client) -> None:
    with inside(cast.network):
        contract = drafted(cast, kind="fixed_term", reason="Surcroît", ends_on=in_days(200))
    scan = f"{AREA}papers/contract/{contract.public_id}/scan/"
    typed = {
        "parties": ["group", "worker"],
        "name": "Gilles Moreau",
        "signed_on": localdate().isoformat(),
    }
    assert alice.post(scan, typed).status_code == 422
    original = SimpleUploadedFile("contrat.pdf", PDF)
    assert alice.post(scan, {**typed, "file": original}).status_code == 302
    with inside(cast.network):
        kept = EmploymentContract.objects.get()
        assert kept.signed_on == localdate()
    page = text_of(alice, f"{AREA}papers/contract/{contract.public_id}/")
    scanned = page.partition(f"{AREA}scans/")[2].partition('"')[0]
    assert alice.get(f"{AREA}scans/{scanned}").content == PDF


def test_bob_sees_his_own_people_and_nothing_of_their_other_work(
    cast: Cast, bob: Client, emma: Client, client_of: ClientOf
) -> None:
    with inside(cast.network):
        contract = signed_contract(cast, starts_on=in_days(-10))
        lending = signed_lending(cast, contract, cast.bakery, starts_on=in_days(-10))
        other = signed_lending(cast, contract, cast.garage, starts_on=in_days(-10))
        ask_opinions(acting=acting(cast.alice, cast.network), contract=contract)
        opinions = {one.organisation: one for one in TrialOpinion.objects.all()}
    pages = [
        f"{AREA}ours/",
        f"{AREA}ours/agreements/{lending.public_id}/",
        f"{AREA}ours/opinions/{opinions[cast.bakery].public_id}/",
    ]
    for path in pages:
        page = text_of(bob, path)
        assert "Gilles Moreau" in page
        for secret in SECRETS:
            assert secret not in page
        assert emma.get(path).status_code == (200 if path == pages[0] else 404)
    document = bob.get(f"{pages[1]}document/")
    assert document.content.startswith(b"%PDF-")
    assert emma.get(f"{pages[1]}document/").status_code == 404
    assert bob.get(f"{AREA}ours/agreements/{other.public_id}/").status_code == 404
    assert bob.get(f"{AREA}ours/opinions/{opinions[cast.garage].public_id}/").status_code == 404
    assert "Gilles" not in text_of(emma, f"{AREA}ours/")
    answer = bob.post(pages[2], {"in_favour": "yes", "words": "Très bien"})
    assert answer["Location"] == f"{AREA}ours/"
    with inside(cast.network):
        assert TrialOpinion.objects.get(organisation=cast.bakery).in_favour is True
    for person in (cast.chloe, cast.farid):
        assert client_of(person).get(f"{AREA}ours/").status_code == 403
        assert client_of(person).get(AREA).status_code == 403
    assert client_of(cast.denis).get(f"{AREA}ours/").status_code == 404


def test_bob_signs_an_agreement_that_waits_for_him(cast: Cast, alice: Client, bob: Client) -> None:
    with inside(cast.network):
        contract = signed_contract(cast, starts_on=in_days(-10))
        lending = lent(cast, contract, cast.bakery, starts_on=in_days(-10))
    mine = f"{AREA}ours/agreements/{lending.public_id}/"
    assert bob.get(mine).status_code == 404  # a draft is not for his eyes
    assert "Nobody is lent to you today" in text_of(bob, f"{AREA}ours/")
    assert alice.post(f"{AREA}papers/lending/{lending.public_id}/send/").status_code == 200
    assert "Waiting for you" in text_of(bob, f"{AREA}ours/")
    signing = {"name": "Bob", "role": "Gérant", "version": "1", "said_in": "en", "consent": "on"}
    assert "17\xa0h" in text_of(bob, mine)
    assert bob.post(mine, {**signing, "version": "2"}).status_code == 422
    assert bob.post(mine, signing)["Location"] == f"{AREA}ours/"
    assert alice.post(f"{AREA}papers/lending/{lending.public_id}/sign/", signing).status_code == 302
    with inside(cast.network):
        assert LendingAgreement.objects.get().signed_on == localdate()
    assert "Vente" in text_of(bob, f"{AREA}ours/")


def test_the_list_is_searched_filtered_and_exported(cast: Cast, alice: Client) -> None:
    with inside(cast.network):
        contract = signed_contract(cast, starts_on=in_days(-10))
        signed_lending(cast, contract, cast.bakery, starts_on=in_days(-10))
        drafted(
            cast,
            gilles(cast, name="Hugo Petit"),
            kind="seasonal",
            reason="Vendanges",
            ends_on=in_days(90),
            starts_on=in_days(5),
        )
        gilles(cast, name="Inès Roy", skills=())
    everybody = ("Gilles Moreau", "Hugo Petit", "Inès Roy")

    def found(query: str) -> set[str]:
        page = text_of(alice, f"{AREA}?{query}")
        return {name for name in everybody if f">{name}<" in page}

    assert found("") == set(everybody)
    assert found("q=moreau") == {"Gilles Moreau"}
    assert found("state=here") == {"Gilles Moreau"}
    assert found("state=draft") == {"Hugo Petit"}
    assert found("state=none") == {"Inès Roy"}
    assert found("state=gone") == set()
    assert found("kind=seasonal") == {"Hugo Petit"}
    assert found(f"firm={cast.bakery.public_id}") == {"Gilles Moreau"}
    assert found(f"firm={cast.garage.public_id}") == set()
    assert found("occupation=d1106") == {"Gilles Moreau", "Hugo Petit"}
    assert found("occupation=vente") == {"Gilles Moreau", "Hugo Petit"}
    exported = b"".join(alice.get(f"{AREA}?export=csv")).decode("utf-8-sig")
    assert "Boulangerie Martin" in exported
    for sort in ("name", "-kind", "starts_on", "-hours", "commune"):
        assert found(f"sort={sort}") == set(everybody)


def test_amendments_are_drawn_up_and_thrown_away(cast: Cast, alice: Client) -> None:
    with inside(cast.network):
        contract = signed_contract(
            cast, starts_on=in_days(-10), users=(cast.bakery.pk,), week_minutes=24 * 60
        )
    own = f"{AREA}contracts/{contract.public_id}/"
    day = in_days(20).isoformat()
    firm = {"firm": str(cast.garage.public_id), "joins": "yes", "takes_effect_on": day}
    assert alice.post(f"{own}firms/", firm).status_code == 302
    with inside(cast.network):
        change = UsersChange.objects.get()
    assert "Garage Lemoine" in text_of(alice, f"{AREA}papers/users/{change.public_id}/")
    hours = {
        "starts_on": day,
        "ends_on": day,
        "week_minutes": "35",
        "reason": "Saison",
        "allowed_by": "CCN",
    }
    refused = alice.post(f"{own}hours/", hours)
    assert "(L3123-9)" in refused.content.decode()
    assert alice.post(f"{own}hours/", {**hours, "week_minutes": "34"}).status_code == 302
    record = text_of(alice, f"{AREA}{contract.worker.public_id}/")
    assert "Amendment: working time" in record
    assert "Amendment: list of firms" in record
    drop = f"{AREA}amendments/users/{change.public_id}/"
    assert alice.post(drop).status_code == 302
    assert alice.post(drop).status_code == 404
    assert alice.post(f"{AREA}amendments/contract/{contract.public_id}/").status_code == 404


def test_a_firm_that_leaves_is_seen_first_and_kept_then(cast: Cast, alice: Client) -> None:
    with inside(cast.network):
        contract = signed_contract(cast, starts_on=in_days(-10))
        signed_lending(cast, contract, cast.bakery, starts_on=in_days(-10))
    day = in_days(60).isoformat()
    chosen = alice.get(f"{AREA}leaving/?firm={cast.bakery.public_id}&day={day}")
    page = text_of(alice, chosen["Location"])
    for item in ("Gilles Moreau", "30 days too short", "17\xa0h", "The statutes of the group say"):
        assert item in page
    with inside(cast.network):
        assert LendingAgreement.objects.get().ended_on is None
    kept = alice.post(f"{AREA}leaving/{cast.bakery.public_id}/", {"day": day, "reason": "Vente"})
    assert kept.status_code == 302
    with inside(cast.network):
        assert LendingAgreement.objects.get().ended_on == in_days(60)
        assert UsersChange.objects.get().joins is False
    assert "Garage" not in text_of(alice, kept["Location"]).partition("Contracts that name it")[2]
    assert alice.get(f"{AREA}leaving/{cast.bakery.public_id}/?day=2027-02-31").status_code == 404


def test_a_contract_ends_with_its_papers_and_its_success(cast: Cast, alice: Client) -> None:
    with inside(cast.network):
        contract = signed_contract(cast, starts_on=in_days(-100))
        signed_lending(cast, contract, cast.bakery, starts_on=in_days(-100))
    end = f"{AREA}contracts/{contract.public_id}/end/"
    page = text_of(alice, f"{end}?day={in_days(6).isoformat()}")
    assert "17\xa0h left to work" in page
    assert "0 slots planned after that day" in page
    typed = {"ended_on": localdate().isoformat(), "reason": "hired_by_member", "replace": "on"}
    refused = alice.post(end, typed)
    assert refused.status_code == 422
    assert "Say which member hires" in refused.content.decode()
    typed["hired_by"] = str(cast.garage.public_id)
    assert alice.post(end, typed).status_code == 302
    record = text_of(alice, f"{AREA}{contract.worker.public_id}/")
    assert "Certificate of work (L1234-19)" in record
    assert "Find who comes after Gilles Moreau" in record
    with inside(cast.network):
        EmploymentContract.objects.update(ended_on=localdate() - timedelta(days=1))
    record = text_of(alice, f"{AREA}{contract.worker.public_id}/")
    assert "Hired by a member firm, Garage Lemoine" in record
    assert "A success of the group" in record
    ending = text_of(alice, f"{AREA}papers/ending/{contract.public_id}/")
    assert "Certificate of work" in ending or "Certificat de travail" in ending


def test_notices_declarations_and_trials_are_written_down(cast: Cast, alice: Client) -> None:
    with inside(cast.network):
        contract = signed_contract(cast, starts_on=in_days(-10))
        lending = signed_lending(cast, contract, cast.bakery, starts_on=in_days(-10))
    own = f"{AREA}contracts/{contract.public_id}/"
    refused = alice.post(f"{own}declare/", {"day": localdate().isoformat()})
    assert "(L1221-10, R1221-4)" in refused.content.decode()
    assert alice.post(f"{own}declare/", {"day": in_days(-10).isoformat()}).status_code == 302
    assert alice.post(f"{own}ask/").status_code == 302
    with inside(cast.network):
        opinion = TrialOpinion.objects.get()
    typed = {"in_favour": "no", "words": ""}
    said = f"{AREA}opinions/{opinion.public_id}/"
    assert alice.post(said, typed).status_code == 422
    assert alice.post(said, {**typed, "words": "Trop de retards"}).status_code == 302
    trial = {"agreed_on": localdate().isoformat(), "allowed_by": "CCN, art. 5"}
    assert alice.post(f"{own}trial/", trial).status_code == 302
    notice = f"{AREA}agreements/{lending.public_id}/notice/"
    assert alice.post(notice, {"given_on": localdate().isoformat()}).status_code == 302
    assert alice.post(notice, {"given_on": localdate().isoformat()}).status_code == 422
    record = text_of(alice, f"{AREA}{contract.worker.public_id}/")
    assert "Trop de retards" in record
    end = {"ended_on": in_days(90).isoformat(), "reason": "Fermeture"}
    assert alice.post(f"{AREA}agreements/{lending.public_id}/end/", end).status_code == 302
    change = f"{AREA}agreements/{lending.public_id}/change/"
    assert alice.get(change).status_code == 302


def test_competitors_are_refused_with_the_clause(cast: Cast, alice: Client) -> None:
    with inside(cast.network):
        contract = drafted(cast, users=(cast.bakery.pk, cast.rival.pk))
        lent(cast, contract, cast.bakery)
    typed = {
        "organisation": str(cast.rival.public_id),
        "post": "Vente",
        "occupation": "D1106",
        "starts_on": "2027-01-04",
        "week_minutes": "10",
        "rhythm": "Mardi",
        "cost_terms": "23 €",
        "notice_days": "30",
    }
    answer = alice.post(f"{AREA}contracts/{contract.public_id}/lend/", typed)
    assert answer.status_code == 422
    assert "recorded as competitors" in answer.content.decode()


def test_an_agreement_of_the_branch_is_written_down_and_removed(cast: Cast, alice: Client) -> None:
    typed = {
        "rule": "trial_months_worker",
        "value": "1",
        "reference": "CCN 1505, art. 12",
        "starts_on": localdate().isoformat(),
    }
    above = {**typed, "rule": "amendments_a_year", "value": "9"}
    refused = alice.post(f"{AREA}figures/", above)
    assert "No agreement may go above 8 (L3123-22)" in refused.content.decode()
    assert alice.post(f"{AREA}figures/", typed).status_code == 302
    assert "CCN 1505, art. 12" in text_of(alice, f"{AREA}figures/")
    with inside(cast.network):
        figure = ContractFigure.objects.get()
    remove = f"{AREA}figures/{figure.public_id}/remove/"
    assert alice.post(remove).status_code == 302
    assert alice.post(remove).status_code == 404


def test_the_record_of_somebody_else_is_not_found(cast: Cast, alice: Client) -> None:
    missing = "00000000-0000-4000-8000-000000000000"
    for path in (
        f"{missing}/",
        f"contracts/{missing}/change/",
        f"agreements/{missing}/change/",
        f"opinions/{missing}/",
        f"papers/contract/{missing}/",
        f"papers/unheard/{missing}/",
        f"scans/{missing}/",
        f"hire/{missing}/",
    ):
        assert alice.get(f"{AREA}{path}").status_code == 404


def test_home_and_telephone_stand_in_the_record_of_alice_alone(
    cast: Cast, alice: Client, bob: Client
) -> None:
    with inside(cast.network):
        worker = gilles(cast)
    path = f"{AREA}{worker.public_id}/"
    assert HOME in text_of(alice, path)
    assert bob.get(path).status_code == 403
    assert bob.get(f"{path}change/").status_code == 403
    changed = {"name": "Gilles Morel", "language": "fr", "version": "1"}
    assert alice.post(f"{path}change/", changed).status_code == 302
    assert alice.post(f"{path}change/", changed).status_code == 422


def test_an_agreement_signed_before_has_no_document_to_read(cast: Cast, bob: Client) -> None:
    with inside(cast.network):
        contract = signed_contract(cast, starts_on=in_days(-10))
        lending = lent(cast, contract, cast.bakery, starts_on=in_days(-10))
        LendingAgreement.objects.update(signed_on=in_days(-10))
    page = text_of(bob, f"{AREA}ours/")
    assert "Gilles Moreau" in page
    assert str(lending.public_id) not in page


def test_a_long_list_of_firms_is_cut_on_the_screen(cast: Cast, alice: Client) -> None:
    with inside(cast.network):
        firms = more_firms(cast, 14)[::2]  # the members among them
        contract = signed_contract(
            cast, starts_on=in_days(-10), users=tuple(firm.pk for firm in firms)
        )
        for firm in firms:
            lent(cast, contract, firm, starts_on=in_days(-10), week_minutes=120)
    page = text_of(alice, AREA)
    assert "Menuiserie 00006 and 3 others" in page
    exported = b"".join(alice.get(f"{AREA}?export=csv")).decode("utf-8-sig")
    assert "Menuiserie 00012" in exported
