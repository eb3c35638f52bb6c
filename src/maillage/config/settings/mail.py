"""Mail: printed in the terminal until MAILLAGE_MAIL_HOST names a server."""

from maillage.config import environment

HOST = environment.text("MAIL_HOST", "")
PRINTED = {"BACKEND": "django.core.mail.backends.console.EmailBackend"}
SENT = {
    "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
    "OPTIONS": {
        "host": HOST,
        "port": environment.number("MAIL_PORT", 587),
        "username": environment.text("MAIL_USER", ""),
        "password": environment.secret("MAIL_PASSWORD", ""),
        "use_tls": environment.flag("MAIL_TLS", default=True),
        "timeout": 20,
    },
}
MAILERS = {"default": SENT if HOST else PRINTED}
DEFAULT_FROM_EMAIL = environment.text("MAIL_FROM", "Maillage <ne-pas-repondre@localhost>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
