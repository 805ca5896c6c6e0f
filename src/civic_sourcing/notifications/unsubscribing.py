"""The link in every mail by which it is the last of its kind: no sign-in, no expiry, one click."""

from dataclasses import dataclass
from typing import Any, Self

from django.contrib.auth import get_user_model
from django.core.signing import BadSignature, Signer

from civic_sourcing.notifications.categories import Category, Choice, Mail, find_category
from civic_sourcing.notifications.models import Preference

SALT = "civic_notifications.unsubscribe"


@dataclass(frozen=True)
class Scope:
    """
    Whose mail of what: of one category, or of a digest with all the categories in it.

    The token is signed and has no end: mail is kept for years, and its link must work. It can do
    nothing but turn mail off, and shows nothing of the person.
    """

    user_pk: Any
    category: str = ""
    digest: str = ""

    def token(self) -> str:
        """Return the scope as it stands in an address."""
        content = [str(self.user_pk), self.category, self.digest]
        return Signer(salt=SALT).sign_object(content)

    @classmethod
    def from_token(cls, token: str) -> Self | None:
        """Return the scope, or ``None`` for what this site did not sign."""
        try:
            return cls(*Signer(salt=SALT).unsign_object(token))
        except (BadSignature, TypeError, ValueError):
            return None

    @property
    def kind(self) -> Category | None:
        return find_category(self.category)

    def turn_off(self) -> None:
        """Send no more mail of this kind. The inbox stays as it is; twice is as good as once."""
        user = get_user_model()._default_manager.filter(pk=self.user_pk).first()
        if user is None:
            return
        choices = Preference.objects.choices_of(user)
        Preference.objects.choose(
            user,
            {
                key: Choice(in_app=choice.in_app, mail=Mail.NEVER)
                for key, choice in choices.items()
                if self._covers(key, choice)
            },
        )

    def _covers(self, key: str, choice: Choice) -> bool:
        category = find_category(key)
        if category is None or not category.can_turn_off:
            return False
        return choice.mail == self.digest if self.digest else key == self.category
