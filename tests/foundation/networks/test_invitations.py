"""An invitation gives one role, once, before a day, to who proves the invited address."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils.timezone import localdate, now
from django_scopes import scopes_disabled

from maillage.foundation.accounts.addresses import prove_address
from maillage.foundation.accounts.models import Person
from maillage.foundation.audit.models import AuditLine
from maillage.foundation.networks.acting import Acting
from maillage.foundation.networks.history import had_role_in, roles_of
from maillage.foundation.networks.invitations import (
    InvitationError,
    InvitationState,
    accept,
    found,
    invitation_path,
    invite,
    renew,
    revoke,
    send_invitation,
    state_of,
    waiting_invitations,
)
from maillage.foundation.networks.models import Invitation, NetworkRole
from maillage.foundation.networks.queries import roles_held
from maillage.foundation.notify.models import Notification, OutgoingMail
from maillage.foundation.organisations.models import Role
from tests.cast import Cast

ADDRESS = "gaelle@new.example"


@pytest.fixture
def gaelle(here: Cast) -> Person:
    """Somebody new, who has proven the invited address."""
    person = Person.objects.create_user(ADDRESS, name="Gaëlle", language="en")
    prove_address(person)
    return person


@pytest.fixture
def treasurer(alice: Acting) -> tuple[Invitation, str]:
    return invite(
        acting=alice, email=" Gaelle@New.example ", name="Gaëlle", network_role="treasurer"
    )


def refusal(act: Callable[[], object]) -> InvitationError:
    with pytest.raises(InvitationError) as raised:
        act()
    return raised.value


def test_invitation_keeps_the_fingerprint_of_its_link_and_never_the_link(
    treasurer: tuple[Invitation, str],
) -> None:
    invitation, token = treasurer
    kept = [str(value) for value in Invitation.objects.filter(pk=invitation.pk).values_list()[0]]
    assert len(token) >= 32
    assert not any(token in value for value in kept)
    assert found(token) == invitation
    assert (invitation.email, state_of(invitation)) == (ADDRESS, InvitationState.WAITING)


def test_accepting_gives_the_role_from_today_and_tells_the_inviter(
    here: Cast, gaelle: Person, treasurer: tuple[Invitation, str]
) -> None:
    invitation, token = treasurer
    done = accept(person=gaelle, token=token, name="Gaëlle  Roy", password="three quiet words")
    gaelle.refresh_from_db()
    assert (done.network, done.role.starts_on) == (here.network, localdate())
    assert [role.kind for role in roles_held(gaelle)] == ["treasurer"]
    assert (gaelle.name, gaelle.check_password("three quiet words")) == ("Gaëlle Roy", True)
    assert list(waiting_invitations(here.network)) == []
    told = Notification.objects.get(person=here.alice)
    assert told.title == "Gaëlle Roy has accepted your invitation (Treasurer)"
    lines = AuditLine.objects.filter(actor_id=gaelle.public_id).order_by("id")
    assert [(line.act, line.subject_type) for line in lines] == [
        ("accept", "Invitation"),
        ("begin", "NetworkRole"),
    ]
    assert state_of(Invitation.objects.get(pk=invitation.pk)) == InvitationState.ACCEPTED


def test_accepting_twice_is_accepting_once(
    gaelle: Person, treasurer: tuple[Invitation, str]
) -> None:
    first, second = (accept(person=gaelle, token=treasurer[1]) for _click in range(2))
    assert first == second
    assert NetworkRole.objects.filter(person=gaelle).count() == 1


def test_accepting_never_replaces_a_password(
    gaelle: Person, treasurer: tuple[Invitation, str]
) -> None:
    gaelle.set_password("the password of before")
    gaelle.save(update_fields=["password"])
    accept(person=gaelle, token=treasurer[1], password="another one entirely")
    gaelle.refresh_from_db()
    assert gaelle.check_password("the password of before")


def test_forwarded_link_opens_nothing_to_another_person(
    here: Cast, treasurer: tuple[Invitation, str]
) -> None:
    prove_address(here.denis)
    error = refusal(lambda: accept(person=here.denis, token=treasurer[1], name="Not me"))
    assert str(error) == "This invitation is for another e-mail address."
    here.denis.refresh_from_db()
    assert (here.denis.name, roles_held(here.denis)) == ("Denis", [])
    assert found(treasurer[1]).accepted_at is None


def test_address_that_was_not_proven_opens_nothing(treasurer: tuple[Invitation, str]) -> None:
    impostor = Person.objects.create_user(ADDRESS, name="Impostor", language="en")
    refusal(lambda: accept(person=impostor, token=treasurer[1]))
    assert roles_held(impostor) == []


@pytest.mark.parametrize(
    ("dead", "sentence"),
    [
        (
            {"expires_at": now() - timedelta(seconds=1)},
            "This invitation has expired. Ask Metiers partages to send it again.",
        ),
        (
            {"revoked_at": now()},
            "This invitation was withdrawn. If you think it is a mistake, ask Metiers partages.",
        ),
        (
            {"accepted_at": now()},
            (
                "This invitation was already used. If it was by you, sign in; if not, ask Metiers"
                " partages for another one."
            ),
        ),
    ],
)
def test_dead_link_says_why_and_what_to_do(
    gaelle: Person, treasurer: tuple[Invitation, str], dead: dict[str, object], sentence: str
) -> None:
    Invitation.objects.filter(pk=treasurer[0].pk).update(**dead)
    assert str(refusal(lambda: accept(person=gaelle, token=treasurer[1]))) == sentence
    assert roles_held(gaelle) == []


def test_network_that_closed_gives_no_role(
    here: Cast, gaelle: Person, treasurer: tuple[Invitation, str]
) -> None:
    here.network.closed_on = localdate()
    here.network.save(update_fields=["closed_on"])
    error = refusal(lambda: accept(person=gaelle, token=treasurer[1]))
    assert str(error) == "The network Metiers partages has closed."


def test_link_that_nobody_made_leads_nowhere(gaelle: Person) -> None:
    assert found("invented") is None
    refusal(lambda: accept(person=gaelle, token="invented"))


def test_renewing_kills_the_former_link(
    alice: Acting, gaelle: Person, treasurer: tuple[Invitation, str]
) -> None:
    invitation, former = treasurer
    Invitation.objects.filter(pk=invitation.pk).update(expires_at=now() - timedelta(days=1))
    renewed, token = renew(acting=alice, invitation=invitation)
    assert (found(former), state_of(renewed)) == (None, InvitationState.WAITING)
    accept(person=gaelle, token=token)
    assert [role.kind for role in roles_held(gaelle)] == ["treasurer"]
    error = refusal(lambda: renew(acting=alice, invitation=renewed))
    assert str(error) == "This invitation was accepted: end the role instead."


def test_withdrawing_kills_the_link_for_good(
    alice: Acting, gaelle: Person, treasurer: tuple[Invitation, str]
) -> None:
    revoke(acting=alice, invitation=treasurer[0])
    refusal(lambda: accept(person=gaelle, token=treasurer[1]))
    error = refusal(lambda: renew(acting=alice, invitation=treasurer[0]))
    assert str(error) == "This invitation was withdrawn: send a new one."


def test_invitation_to_a_firm_takes_the_line_of_its_book_with_the_same_address(
    here: Cast, alice: Acting, gaelle: Person
) -> None:
    written = Role.objects.create(
        organisation=here.garage,
        kind="owner",
        name="G. Roy",
        email="GAELLE@new.example",
        phone="02 54 11 11 11",
        starts_on=localdate() - timedelta(days=9),
    )
    _invitation, token = invite(
        acting=alice,
        email=ADDRESS,
        name="Gaëlle",
        organisation=here.garage,
        organisation_role="owner",
    )
    assert accept(person=gaelle, token=token).role == written
    written.refresh_from_db()
    assert (written.person, written.phone) == (gaelle, "02 54 11 11 11")
    assert Role.objects.filter(organisation=here.garage).count() == 1


def test_line_of_the_book_of_another_kind_gives_no_more_than_the_invitation(
    here: Cast, alice: Acting, gaelle: Person
) -> None:
    written = Role.objects.create(
        organisation=here.garage,
        kind="owner",
        name="G. Roy",
        email=ADDRESS,
        starts_on=localdate(),
    )
    _invitation, token = invite(
        acting=alice,
        email=ADDRESS,
        name="Gaëlle",
        organisation=here.garage,
        organisation_role="employee",
    )
    accept(person=gaelle, token=token)
    written.refresh_from_db()
    assert written.person is None
    assert [role.kind for role in roles_held(gaelle)] == ["employee"]


def test_owner_invites_into_their_own_firm_and_nowhere_else(here: Cast, bob: Acting) -> None:
    invitation, _token = invite(
        acting=bob,
        email=ADDRESS,
        name="Gaëlle",
        organisation=here.bakery,
        organisation_role="employee",
    )
    assert invitation.organisation == here.bakery
    with pytest.raises(PermissionDenied):
        invite(
            acting=bob,
            email=ADDRESS,
            name="Gaëlle",
            organisation=here.garage,
            organisation_role="employee",
        )
    with pytest.raises(PermissionDenied):
        invite(acting=bob, email=ADDRESS, name="Gaëlle", network_role="treasurer")


def test_owner_cannot_touch_an_invitation_of_the_network(
    bob: Acting, treasurer: tuple[Invitation, str]
) -> None:
    for act in (renew, revoke):
        with pytest.raises(PermissionDenied):
            act(acting=bob, invitation=treasurer[0])


@pytest.mark.parametrize(
    ("given", "field", "sentence"),
    [
        ({"email": "gaelle"}, "email", "“gaelle” is not an e-mail address."),
        ({"name": "  "}, "name", "Give the name of the person."),
        ({"name": "x" * 121}, "name", "This name is too long: 120 characters at most."),
        ({"network_role": "king"}, "role", "Choose a role."),
        ({"network_role": ""}, "role", "Choose one role."),
        ({"valid_days": 0}, "valid_days", "An invitation is valid between 1 and 90 days."),
        (
            {"network_role": "", "organisation_role": "owner"},
            "organisation",
            "Choose the organisation.",
        ),
    ],
)
def test_bad_input_is_refused_in_a_sentence_that_says_where(
    alice: Acting, given: dict[str, object], field: str, sentence: str
) -> None:
    good = {"email": ADDRESS, "name": "Gaëlle", "network_role": "treasurer"}
    error = refusal(lambda: invite(acting=alice, **(good | given)))
    assert (error.field, str(error)) == (field, sentence)
    assert not Invitation.objects.exists()


def test_nobody_is_invited_twice_to_the_same_role(
    here: Cast, alice: Acting, treasurer: tuple[Invitation, str]
) -> None:
    again = {"acting": alice, "name": "Gaëlle", "network_role": "treasurer"}
    error = refusal(lambda: invite(email=ADDRESS, **again))
    assert "send that invitation again instead" in str(error)
    error = refusal(
        lambda: invite(**(again | {"email": here.farid.email, "network_role": "funder"}))
    )
    assert str(error) == "farid@metiers-partages.example already has this role."


@pytest.mark.parametrize(
    ("language", "subject", "words"),
    [
        ("en", "Alice invites you to Metiers partages", "Your role there: Treasurer."),
        ("fr", "Alice vous invite dans Metiers partages", "Trésorier"),
    ],
)
def test_mail_is_in_the_language_of_whom_it_is_for_with_one_link(
    alice: Acting,
    gaelle: Person,
    treasurer: tuple[Invitation, str],
    language: str,
    subject: str,
    words: str,
) -> None:
    gaelle.language = language
    gaelle.save(update_fields=["language"])
    send_invitation(acting=alice, invitation=treasurer[0], token=treasurer[1])
    mail = OutgoingMail.objects.get()
    assert (mail.to, mail.subject, mail.personal) == (ADDRESS, subject, True)
    assert words in mail.text
    assert mail.text.count("http") == 1
    assert mail.text.endswith(invitation_path(treasurer[1]))


def test_role_that_ended_is_remembered_and_no_longer_held(
    here: Cast, gaelle: Person, treasurer: tuple[Invitation, str]
) -> None:
    role = accept(person=gaelle, token=treasurer[1]).role
    assert not had_role_in(gaelle, here.network.slug)
    yesterday = localdate() - timedelta(days=1)
    NetworkRole.objects.filter(pk=role.pk).update(starts_on=yesterday, ends_on=yesterday)
    assert roles_held(gaelle) == []
    assert had_role_in(gaelle, here.network.slug)
    assert not had_role_in(here.denis, here.network.slug)
    assert [(one.label, one.over) for one in roles_of(gaelle)] == [("Treasurer", True)]


def test_roles_are_listed_outside_any_network(here: Cast) -> None:
    with scopes_disabled():
        assert [(one.label, one.where, one.holds) for one in roles_of(here.bob)] == [
            ("Head of the firm", "Boulangerie Martin", True)
        ]
