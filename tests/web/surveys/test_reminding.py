"""Alice writes to the firms that have not answered."""

from collections.abc import Callable

from django.test import Client

from maillage.foundation.accounts.models import Person
from maillage.foundation.jobs.models import Run
from maillage.foundation.jobs.worker import work_off
from maillage.foundation.notify.models import Contact
from maillage.launch.surveys.models import Survey
from tests.cast import Cast, inside, more_firms
from tests.launch.surveys.stories import asked, opened

type SignIn = Callable[[Person], Client]


def page_of(cast: Cast, survey: Survey) -> str:
    """Return the address of the page."""
    return f"/n/{cast.network.slug}/surveys/{survey.public_id}/remind/"


def test_the_page_lists_the_silent_and_one_button_writes_to_them(
    cast: Cast, client_of: SignIn
) -> None:
    with inside(cast.network):
        survey = opened(cast)
        asked(cast, survey, cast.bakery, cast.garage)
    client = client_of(cast.alice)
    page = client.get(page_of(cast, survey)).content.decode()
    assert "Write to 2 firms" in page
    assert "Will get its link" in page
    for _click in range(2):
        answer = client.post(page_of(cast, survey))
        assert answer.status_code == 302
    work_off()
    assert Contact.objects.count() == 2
    assert answer["Location"] == f"/runs/{Run.objects.get(kind='surveys.remind').public_id}/"
    page = client.get(page_of(cast, survey)).content.decode()
    assert "Write to" not in page
    assert "It was written to less than 5 days ago." in page


def test_members_do_not_write(cast: Cast, client_of: SignIn) -> None:
    with inside(cast.network):
        survey = opened(cast)
        asked(cast, survey, cast.garage)
    assert client_of(cast.bob).get(page_of(cast, survey)).status_code == 403
    assert client_of(cast.bob).post(page_of(cast, survey)).status_code == 403
    assert Contact.objects.count() == 0


def test_the_page_asks_the_database_as_much_for_three_firms_as_for_many(
    cast: Cast, client_of: SignIn, django_assert_max_num_queries: Callable[..., object]
) -> None:
    with inside(cast.network):
        survey = opened(cast)
        asked(cast, survey, *more_firms(cast, 120))
    client = client_of(cast.alice)
    client.get(page_of(cast, survey))
    with django_assert_max_num_queries(12):  # type: ignore[attr-defined]  # a context manager
        assert client.get(page_of(cast, survey)).status_code == 200
