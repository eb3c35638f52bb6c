"""The link by which a worker opens their own pages."""

import pytest
from django.core.exceptions import PermissionDenied

from maillage.foundation.audit.models import AuditLine
from maillage.run.employment.links import new_link, page_path, page_token, worker_of
from tests.cast import Cast, acting, inside
from tests.run.employment.hired import worker_named


def test_a_link_opens_the_pages_of_one_worker(cast: Cast) -> None:
    with inside(cast.network):
        gaelle = worker_named(cast, "Gaëlle")
        hugo = worker_named(cast, "Hugo")
    assert worker_of(page_token(gaelle)) == gaelle
    assert worker_of(page_token(hugo)) == hugo
    assert page_path(gaelle) == f"/w/{page_token(gaelle)}/"


def test_a_token_that_was_made_up_or_changed_opens_nothing(cast: Cast) -> None:
    with inside(cast.network):
        token = page_token(worker_named(cast, "Gaëlle"))
    assert worker_of("nothing") is None
    assert worker_of("") is None
    changed = "A" if token[-1] != "A" else "B"
    assert worker_of(token[:-1] + changed) is None


def test_a_new_link_makes_those_before_void(cast: Cast) -> None:
    alice = acting(cast.alice, cast.network)
    with inside(cast.network):
        gaelle = worker_named(cast, "Gaëlle")
        lost = page_token(gaelle)
        path = new_link(acting=alice, worker=gaelle)
        events = list(AuditLine.objects.filter(act="renew_link").values_list("subject_id"))
    assert worker_of(lost) is None
    assert worker_of(path.removeprefix("/w/").rstrip("/")) == gaelle
    assert events == [(gaelle.public_id,)]


def test_the_owner_of_a_firm_cannot_make_a_link(cast: Cast) -> None:
    with inside(cast.network), pytest.raises(PermissionDenied):
        new_link(acting=acting(cast.bob, cast.network), worker=worker_named(cast, "Gaëlle"))
