"""Settings of the tests: those of an installation, without what is slow or touches a disk."""

import os
import tempfile

# Before the settings are read: tests write nothing into the folder of a real installation.
os.environ.setdefault("MAILLAGE_DATA", tempfile.mkdtemp(prefix="maillage-tests-"))
os.environ.setdefault("MAILLAGE_SECRET", "a secret for tests only")

from maillage.config.settings import *  # noqa: F403 -- after the environment is set
from maillage.config.settings import INSTALLED_APPS, STORAGES, TEMPLATES

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
MAILERS = {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}}
STORAGES = STORAGES | {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
}
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True

INSTALLED_APPS = [*INSTALLED_APPS, "zeal"]
ZEAL_SHOW_ALL_CALLERS = True


class UndefinedVariable(str):
    """Fails the test in which a template shows a variable that nobody defined."""

    __slots__ = ()

    def __mod__(self, name: object) -> str:
        raise AssertionError(f"undefined in a template: {name}")

    def __contains__(self, text: object) -> bool:
        return text == "%s"


TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = UndefinedVariable("%s")  # type: ignore[index]

CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
