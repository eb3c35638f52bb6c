"""Error pages: what happened, what was kept, what to do."""

import pytest
from django.http import HttpResponse, HttpResponseNotAllowed, HttpResponseNotFound
from django.template.loader import get_template
from django.test import Client, RequestFactory
from django.utils import translation

from maillage.web.ui.errors import ErrorPages, error_page, role_ended

PAGES = ("400", "403", "403_csrf", "404", "405", "413", "429", "500")


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_error_page_stands_on_its_own(name: str, language: str) -> None:
    with translation.override(language):
        page = get_template(f"{name}.html").render()
    assert page.count("<h1>") == 1
    assert f'lang="{language}"' in page
    assert 'href="/"' in page


def test_the_page_of_a_broken_site_asks_the_database_nothing() -> None:
    # No database fixture: a query would fail the test.
    assert "Something broke on our side" in get_template("500.html").render()


def test_a_missing_page_tells_a_visitor_what_to_do(visitor: Client) -> None:
    response = visitor.get("/no/such/page/")
    assert response.status_code == 404
    assert "This page does not exist" in response.content.decode()


def test_a_refusal_gives_its_own_reason() -> None:
    response = error_page(RequestFactory().get("/"), 413, "The file has 50 MB, the limit is 10 MB.")
    assert response.status_code == 413
    assert "The file has 50 MB, the limit is 10 MB." in response.content.decode()


def test_a_bare_answer_gets_a_page_and_keeps_its_headers() -> None:
    pages = ErrorPages(lambda _request: HttpResponseNotAllowed(["POST"]))
    response = pages(RequestFactory().get("/"))
    assert (response.status_code, response["Allow"]) == (405, "POST")
    assert "This page cannot be opened this way" in response.content.decode()  # type: ignore[attr-defined]


def test_an_answer_that_has_its_words_is_left_alone() -> None:
    for answer in (HttpResponse("<html>ours</html>", status=429), HttpResponseNotFound("no")):
        pages = ErrorPages(lambda _request, answer=answer: answer)  # type: ignore[misc]
        assert pages(RequestFactory().get("/")) is answer


def test_a_role_that_ended_is_explained() -> None:
    response = role_ended(RequestFactory().get("/"))
    assert response.status_code == 403
    assert "Your role has ended" in response.content.decode()
