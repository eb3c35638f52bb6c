"""Languages, time and numbers: French first, English complete."""

from maillage.config.settings.templates import PACKAGE

LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", "Français"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
LANGUAGE_COOKIE_NAME = "maillage_language"
LANGUAGE_COOKIE_SAMESITE = "Lax"
USE_I18N = True

TIME_ZONE = "Europe/Paris"
USE_TZ = True
FORMAT_MODULE_PATH = "maillage.config.formats"
