"""The verifiers that come with the package."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.apps import apps
from django.contrib.auth.models import Group
from django.urls import NoReverseMatch, reverse
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from civic_sourcing.participants.eligibility.conditions import Condition, Label
from civic_sourcing.participants.eligibility.conf import conf
from civic_sourcing.participants.eligibility.verifiers import Verifier, register_verifier_kind
from civic_sourcing.participants.models import (
    CodePurpose,
    Register,
    RegisterEntry,
    VerifiedAttribute,
    VotingCode,
)
from civic_sourcing.processes.models import Process
from civic_sourcing.processes.roles import roles_of

OLDEST = 120


class SignedInVerifier(Verifier):
    """Somebody with an account who is signed in."""

    key = "signed-in"
    label = gettext_lazy("Signed in")
    help_text = gettext_lazy("Anybody with an account.")
    asks_visitors = True

    @property
    def requirement(self) -> Label:
        return _("You are signed in.")

    def missing(self, user: Any, process: Process, at: datetime) -> Condition | None:
        return None if user is not None and user.is_authenticated else sign_in_first()


def sign_in_first() -> Condition:
    """The condition behind all others: whoever is not signed in is nobody yet."""
    return Condition("sign-in", _("Please sign in first."))


class EmailVerifier(Verifier):
    """A confirmed e-mail address, as django-allauth or ``EMAIL_CONFIRMED`` knows it."""

    key = "email"
    label = gettext_lazy("E-mail address confirmed")
    help_text = gettext_lazy("The person has followed the link in our mail.")

    @property
    def requirement(self) -> Label:
        return _("Your e-mail address is confirmed.")

    def missing(self, user: Any, process: Process, at: datetime) -> Condition | None:
        confirmed = email_check()
        if confirmed is not None and confirmed(user):
            return None
        return Condition(
            "email-unconfirmed",
            _("Your e-mail address is not confirmed yet."),
            _("Follow the link in the mail you were sent, or ask for a new one."),
            url=_address("account_email"),
            link=_("Confirm my address"),
        )

    @classmethod
    def is_available(cls) -> bool:
        return email_check() is not None


def email_check() -> Callable[[Any], bool] | None:
    """The function that knows whether a user's address is confirmed, if anybody does."""
    if conf.EMAIL_CONFIRMED:
        function: Callable[[Any], bool] = import_string(conf.EMAIL_CONFIRMED)
        return function
    if apps.is_installed("allauth.account"):
        addresses = apps.get_model("account", "EmailAddress")._default_manager
        return lambda user: addresses.filter(user=user, verified=True).exists()
    return None


class RegisterVerifier(Verifier):
    """Somebody on a list of the city, who proved it with a datum only they and the city know."""

    key = "register"
    label = gettext_lazy("On a register")
    help_text = gettext_lazy("People prove once that they are on it.")

    @property
    def requirement(self) -> Label:
        return _("You are on the register “%(register)s”.") % {"register": self.options["name"]}

    def missing(self, user: Any, process: Process, at: datetime) -> Condition | None:
        found = RegisterEntry.objects.filter(
            register__uuid=self.options["register"], participant__user=user
        )
        if found.exists():
            return None
        names = {"register": self.options["name"]}
        return Condition(
            "not-on-register",
            _("It is not known yet whether you are on the register “%(register)s”.") % names,
            _("Prove it with the data you are asked for there. It takes a minute."),
            url=reverse(
                "civic_participants:register", args=[process.uuid, self.options["register"]]
            ),
            link=_("Prove that I am on it"),
        )

    @classmethod
    def option_fields(cls, process: Process, user: Any) -> dict[str, forms.Field]:
        registers = Register.objects.select_related("process").order_by("name")
        mine = [
            (str(each.uuid), each.name)
            for each in registers
            if "registrar" in roles_of(user, each.process)
        ]
        return {
            "register": forms.ChoiceField(
                label=_("Register"), choices=[("", "—"), *mine], required=False
            )
        }

    @classmethod
    def refusal_of(cls, options: Mapping[str, Any]) -> Label | None:
        return None if options.get("register") else _("Choose the register.")


class CodeVerifier(Verifier):
    """Somebody who has used a code of this process."""

    key = "code"
    label = gettext_lazy("Holder of a code")
    help_text = gettext_lazy("Codes are printed as cards or letters.")

    @property
    def purpose(self) -> CodePurpose:
        return CodePurpose(self.options.get("purpose", CodePurpose.VOTING))

    @property
    def requirement(self) -> Label:
        if self.purpose == CodePurpose.INVITATION:
            return _("You have an invitation code.")
        return _("You have a voting code.")

    def missing(self, user: Any, process: Process, at: datetime) -> Condition | None:
        held = VotingCode.objects.of(process).held()
        if held.filter(batch__purpose=self.purpose, used_by__user=user).exists():
            return None
        sentence = (
            _("You have not entered an invitation code yet.")
            if self.purpose == CodePurpose.INVITATION
            else _("You have not entered a voting code yet.")
        )
        return Condition(
            "no-code",
            sentence,
            _("It is on the card or letter you were given."),
            url=reverse("civic_participants:code", args=[process.uuid]),
            link=_("Enter my code"),
        )

    @classmethod
    def option_fields(cls, process: Process, user: Any) -> dict[str, forms.Field]:
        return {"purpose": forms.ChoiceField(label=_("Kind of code"), choices=CodePurpose.choices)}


class GroupVerifier(Verifier):
    """A member of an invited group: a chosen circle instead of the whole town."""

    key = "group"
    label = gettext_lazy("Member of an invited group")
    help_text = gettext_lazy("Groups of the site's accounts; one of them is enough.")

    @property
    def requirement(self) -> Label:
        return _("You were invited: %(groups)s.") % {"groups": self.options["name"]}

    def missing(self, user: Any, process: Process, at: datetime) -> Condition | None:
        if user.groups.filter(pk__in=self.options["groups"]).exists():
            return None
        return Condition(
            "not-invited",
            _("This is open to invited people only: %(groups)s.")
            % {"groups": self.options["name"]},
            _("If you belong to them, ask to be added."),
        )

    @classmethod
    def option_fields(cls, process: Process, user: Any) -> dict[str, forms.Field]:
        return {
            "groups": forms.MultipleChoiceField(
                label=_("Groups"),
                choices=list(Group.objects.order_by("name").values_list("pk", "name")),
                widget=forms.CheckboxSelectMultiple,
                required=False,
            ),
            "name": forms.CharField(
                label=_("Who that is, in words for everybody"),
                max_length=150,
                required=False,
                help_text=_("Such as: members of the neighbourhood councils"),
            ),
        }

    @classmethod
    def refusal_of(cls, options: Mapping[str, Any]) -> Label | None:
        if options.get("groups") and options.get("name"):
            return None
        return _("Choose at least one group, and say in words who that is.")


class AgeVerifier(Verifier):
    """
    Somebody within an age window. Kept is yes or no to this very window, no date of birth.

    Either the city vouches for it, or the person's own word is enough (``own_word``).
    """

    key = "age"
    label = gettext_lazy("Age window")
    help_text = gettext_lazy("Only the answer is kept, never a date of birth.")

    @property
    def attribute_key(self) -> str:
        """The key of the verified attribute: ``age-16-24``; an open end is left out."""
        return f"age-{self.options.get('from') or ''}-{self.options.get('to') or ''}"

    @property
    def in_words(self) -> str:
        ages = {"from": self.options.get("from"), "to": self.options.get("to")}
        if ages["from"] and ages["to"]:
            return _("from %(from)s to %(to)s years old") % ages
        if ages["from"]:
            return _("%(from)s years old or older") % ages
        return _("up to %(to)s years old") % ages

    @property
    def requirement(self) -> Label:
        return _("Age: %(age)s.") % {"age": self.in_words}

    def missing(self, user: Any, process: Process, at: datetime) -> Condition | None:
        answer = (
            VerifiedAttribute.objects.filter(participant__user=user, key=self.attribute_key)
            .values_list("value", flat=True)
            .first()
        )
        if answer == "yes":
            return None
        age = {"age": self.in_words}
        if answer is None and self.options.get("own_word"):
            return Condition(
                "age-unknown",
                _("It is not known whether you are of this age: %(age)s.") % age,
                _("Answer one question. Your date of birth is not asked for."),
                url=reverse("civic_participants:age", args=[process.uuid]),
                link=_("Answer the question"),
            )
        return Condition(
            "age",
            _("This is for people of this age: %(age)s.") % age,
            _("Show your identity card if you are of this age; no date of birth is stored."),
        )

    @classmethod
    def option_fields(cls, process: Process, user: Any) -> dict[str, forms.Field]:
        return {
            "from": forms.IntegerField(
                label=_("From (years)"), min_value=1, max_value=OLDEST, required=False
            ),
            "to": forms.IntegerField(
                label=_("To (years, included)"), min_value=1, max_value=OLDEST, required=False
            ),
            "own_word": forms.BooleanField(
                label=_("The person's own word is enough"), required=False
            ),
        }

    @classmethod
    def refusal_of(cls, options: Mapping[str, Any]) -> Label | None:
        first, last = options.get("from"), options.get("to")
        if not first and not last:
            return _("Give the lowest age, the highest age, or both.")
        if first and last and first > last:
            return _("The lowest age is above the highest.")
        return None


def register() -> None:
    """Offer the kinds of this module."""
    for kind in (
        SignedInVerifier,
        EmailVerifier,
        RegisterVerifier,
        CodeVerifier,
        GroupVerifier,
        AgeVerifier,
    ):
        register_verifier_kind(kind)


def _address(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
