"""Styles, scripts and pictures: served compressed and cached for ever by WhiteNoise.

`maillage serve` collects the files and gives each a name that changes with its content. While
developing (MAILLAGE_DEBUG) they are read where they are written, so that a reload shows a change.
"""

from maillage.config.settings.database import DATA
from maillage.config.settings.security import DEBUG

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": (
            "django.contrib.staticfiles.storage.StaticFilesStorage"
            if DEBUG
            else "whitenoise.storage.CompressedManifestStaticFilesStorage"
        ),
    },
}
# Only the hashed and compressed names are served, the others would never be asked for.
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
WHITENOISE_USE_FINDERS = DEBUG
WHITENOISE_AUTOREFRESH = DEBUG
MEDIA_ROOT = DATA / "files"
