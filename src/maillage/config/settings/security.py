"""What keeps the site and its visitors safe."""

from django.utils.csp import CSP

from maillage.config import environment
from maillage.config.secret_key import kept_secret
from maillage.config.settings.database import DATA

DEBUG = environment.flag("DEBUG", default=False)
HTTPS = environment.flag("HTTPS", default=False)
ADDRESS = environment.text("ADDRESS", "http://localhost:8000").rstrip("/")
ALLOWED_HOSTS = environment.names("HOSTS", ("localhost", "127.0.0.1", "[::1]"))
CSRF_TRUSTED_ORIGINS = [ADDRESS]

# `maillage serve` writes a secret into the data folder the first time; nothing is ever shared
# between two installations.
SECRET_KEY = environment.secret("SECRET", "") or kept_secret(DATA)

SESSION_COOKIE_NAME = "maillage_session"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 14
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SAMESITE = "Lax"
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# No inline style, no inline script, nothing from elsewhere but map tiles.
TILES = environment.text("TILES", "https://tile.openstreetmap.org/{z}/{x}/{y}.png")
SECURE_CSP = {
    "default-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:", "/".join(TILES.split("/")[:3])],
    "object-src": [CSP.NONE],
    "base-uri": [CSP.SELF],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
}
