from typing import Any

from allauth.account.forms import LoginForm, SignupForm
from django.utils.translation import gettext_lazy as _


class SignInForm(LoginForm):
    """Labels say what to type, so placeholders need not."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("User name or e-mail address")
        self.fields["remember"].label = _("Keep me signed in on this device")
        drop_placeholders(self)


class AccountForm(SignupForm):
    """The same for a new account."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = _("User name")
        self.fields["username"].help_text = _("Everybody sees it beside your ideas.")
        self.fields["email"].label = _("E-mail address")
        self.fields["email"].help_text = _("Nobody sees it.")
        drop_placeholders(self)


def drop_placeholders(form: LoginForm | SignupForm) -> None:
    for field in form.fields.values():
        field.widget.attrs.pop("placeholder", None)
