import pytest
from django.conf import LazySettings
from django.core.cache import cache


@pytest.fixture(autouse=True)
def _limits_start_afresh() -> None:
    cache.clear()


@pytest.fixture(autouse=True)
def _allauth_reads_again_what_it_has_read(settings: LazySettings) -> None:
    """Signing in reads one address and one session again."""
    settings.ZEAL_ALLOWLIST = [
        {"model": "account.EmailAddress", "field": "get()"},
        {"model": "sessions.Session", "field": "get()"},
    ]
