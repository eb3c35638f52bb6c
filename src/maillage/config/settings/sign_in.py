"""Signing in, by django-allauth: password, e-mailed code, passkey, authenticator application."""

from maillage.config import environment
from maillage.config.settings.database import DATA

AUTH_USER_MODEL = "accounts.Person"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "desk:home"
LOGOUT_REDIRECT_URL = "front:home"

ACCOUNT_ADAPTER = "maillage.web.account.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_FORMS = {"signup": "maillage.web.account.signing_up.FirstAccount"}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
# A code is typed on the device one is on; a link would open on another.
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_NOTIFICATIONS = True

MFA_ADAPTER = "maillage.web.account.adapter.ProofAdapter"
MFA_SUPPORTED_TYPES = ["webauthn", "totp", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_FORMS = {
    "add_webauthn": "maillage.web.account.forms.NewPasskey",
    "edit_webauthn": "maillage.web.account.forms.PasskeyName",
}
MFA_TOTP_ISSUER = "Maillage"

# Limits on attempts are counted by the address of the visitor, which proxies in front hide.
ALLAUTH_TRUSTED_PROXY_COUNT = environment.number("PROXIES", 0)

# Shared by the processes of an installation: limits on attempts hold over all of them.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": DATA / "cache",
    },
}

# The demonstration prints links that let people in as its cast; no real installation does.
DEMO_LINKS = environment.flag("DEMO_LINKS", default=False)
