"""The form by which the first person of an installation opens an account."""

from typing import Any

from allauth.account.forms import SignupForm


class FirstAccount(SignupForm):  # type: ignore[misc]  # allauth has no types
    """An address only: a password is chosen once it is proven, before anybody could have typed it.

    The setting that drops the password from this form would drop it from sign-in too.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["password1"]
