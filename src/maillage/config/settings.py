"""Django settings: for now, what the command line needs to speak French and English."""

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent

INSTALLED_APPS: list[str] = []
DATABASES: dict[str, dict[str, object]] = {}

LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", "Français"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True

TIME_ZONE = "Europe/Paris"
USE_TZ = True
