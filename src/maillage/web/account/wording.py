"""What people read of their account where the sign-in library would speak its own way."""

from collections.abc import Mapping
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Change(NamedTuple):
    """The subject of the mail, and its sentence; `%(name)s` stands for what the library tells."""

    subject: Promise
    sentence: Promise


# Under the names of the mails of the sign-in library.
CHANGES: Mapping[str, Change] = {
    "account/email/password_changed": Change(
        _("Your password has changed"), _("The password is another one.")
    ),
    "account/email/password_set": Change(
        _("You have a password now"), _("A password was chosen: it signs in beside the code.")
    ),
    "account/email/password_reset": Change(
        _("Your password has changed"), _("Another password was chosen with a code sent by e-mail.")
    ),
    "account/email/email_changed": Change(
        _("Your e-mail address has changed"),
        _("Your address was %(from_email)s. It is now %(to_email)s."),
    ),
    "account/email/email_confirm": Change(
        _("Your e-mail address is confirmed"), _("The address is confirmed.")
    ),
    "account/email/email_deleted": Change(
        _("An e-mail address was removed"),
        _("The address %(deleted_email)s no longer belongs to your account."),
    ),
    "mfa/email/totp_activated": Change(
        _("Signing in now asks for a second proof"),
        _("An application that makes codes was set up."),
    ),
    "mfa/email/totp_deactivated": Change(
        _("A second proof of identity was removed"),
        _("The application that makes codes is no longer used."),
    ),
    "mfa/email/recovery_codes_generated": Change(
        _("You have new recovery codes"), _("The recovery codes are new: the old ones are void.")
    ),
    "mfa/email/webauthn_added": Change(
        _("A passkey was added"), _("A passkey was added: it lets into your account.")
    ),
    "mfa/email/webauthn_removed": Change(
        _("A passkey was removed"), _("A passkey was removed: it no longer lets in.")
    ),
}

# Ways to prove once more who one is, the simplest first, under their names in the library.
AGAIN: Mapping[str, Promise] = {
    "mfa_reauthenticate:webauthn": _("Use my passkey"),
    "reauthenticate": _("Type my password"),
    "mfa_reauthenticate": _("Type a code of my application, or a recovery code"),
}
