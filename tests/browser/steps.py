"""What people do first in every story: an account, an association, a network."""

import re

from django.core import mail
from playwright.sync_api import Locator, Page, expect

from maillage.foundation.jobs.worker import work_off
from maillage.foundation.networks.models import Network
from tests.browser.conftest import turn

CODE = re.compile(r"^\s*([A-Z0-9]{3,5}-[A-Z0-9]{3,5})\s*$", re.MULTILINE)


def main_button(page: Page) -> Locator:
    """Return the one button that a page is for."""
    return page.locator("main .btn-primary").first


def newest_mail(to: str) -> str:
    """Return the last mail that somebody got, once all that waits has been done."""
    with turn():
        work_off()
        mine = [message for message in mail.outbox if to in message.to]
    assert mine, f"no mail to {to}; sent: {[message.to for message in mail.outbox]}"
    return str(mine[-1].body)


def type_the_code(page: Page, to: str) -> None:
    """Prove an address with the code that was sent to it."""
    code = CODE.search(newest_mail(to))
    assert code is not None, newest_mail(to)
    page.locator("main input[name=code]").first.fill(code[1])
    main_button(page).click()


def open_the_first_account(page: Page) -> None:
    """Open the account of whoever comes first to an empty installation."""
    page.goto("/account/signup/")
    page.locator("[name=email]").fill("alice@maillage.example")
    main_button(page).click()
    type_the_code(page, "alice@maillage.example")
    page.wait_for_url("**/desk/")


def found_the_association(page: Page) -> Network:
    """Name the association and its first network, from a preset; sign its pledge."""
    page.goto("/networks/new/")
    page.locator("[name=association]").fill("Métiers partagés 41")
    page.locator("[name=preset][value=employer-group]").check()
    page.locator("[name=name]").fill("Métiers partagés")
    main_button(page).click()
    page.wait_for_url("**/n/**")
    sign_the_pledge(page)
    expect(page.locator("h1")).to_contain_text("Métiers partagés")
    with turn():
        return Network.objects.select_related("register").get()


def sign_the_pledge(page: Page) -> None:
    """Sign the pledge where it is asked for."""
    if "/trust/pledge/" in page.url:
        main_button(page).click()
        page.wait_for_url(lambda url: "/trust/pledge/" not in url)
