"""The demo's logins, and the groups that say who may do what where."""

from collections.abc import Iterable
from functools import cache
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth import get_user_model
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group, Permission
from wagtail.models import GroupPagePermission, Page

from civic_sourcing.participants.actions import AnswerAgeQuestion
from civic_sourcing.participants.age import age_unasked
from civic_sourcing.participants.models import Participant
from town.models import HomePage

PASSWORD = "demo"

# username: first name, last name, groups
PEOPLE: dict[str, tuple[str, str, list[str]]] = {
    "editor": ("Hana", "Kim", ["Editors"]),
    "moderator": ("Minho", "Lee", ["Moderators"]),
    "moderator2": ("Ada", "Novak", ["Moderators", "Stewards"]),
    "official": ("Yuna", "Choi", ["Officials", "Stewards"]),
    "judge1": ("Sora", "Jung", ["Judges"]),
    "judge2": ("Peter", "Lindqvist", ["Judges"]),
    "judge3": ("Amina", "Yusuf", ["Judges"]),
    "citizen": ("Jisoo", "Park", []),
    "neighbour": ("Daniel", "Ortiz", []),
}
EDITOR_ACTIONS = ["add_page", "change_page", "publish_page", "lock_page", "unlock_page"]
RULES_OF_THE_TOWN = [
    f"{action}_{snippet}"
    for snippet in ("netiquetterule", "wordlist")
    for action in ("add", "change", "view")
]


def load() -> None:
    load_groups()
    load_users()


def load_groups() -> None:
    """Editors edit the whole site; the other groups get their roles on the hub."""
    editors, moderators, *others = (
        Group.objects.get_or_create(name=name)[0]
        for name in ("Editors", "Moderators", "Officials", "Stewards", "Judges")
    )
    for group in (editors, moderators, *others):
        allow(group, ["access_admin"])
    allow(editors, ["submit_translation", *RULES_OF_THE_TOWN])
    # Wagtail's own two groups may write anywhere; here the home pages are the limit.
    root = Page.objects.filter(depth=1)
    GroupPagePermission.objects.filter(group__in=[editors, moderators], page__in=root).delete()
    for home in HomePage.objects.all():
        for action in EDITOR_ACTIONS:
            GroupPagePermission.objects.get_or_create(
                group=editors,
                page=home,
                permission=Permission.objects.get(
                    content_type__app_label="wagtailcore", codename=action
                ),
            )


def allow(group: Group, codenames: Iterable[str]) -> None:
    group.permissions.add(*Permission.objects.filter(codename__in=list(codenames)))


@cache
def hashed_password() -> str:
    """One salt for all: hashing takes half a second, and everybody knows the password anyway."""
    return make_password(PASSWORD)


def say_of_age(user: AbstractBaseUser) -> None:
    """The demo's people have answered the question of age long ago."""
    if age_unasked(Participant.objects.of(user)):
        AnswerAgeQuestion(Participant.objects.of(user), by=user, of_age=True).execute()


def load_users() -> None:
    users = get_user_model().objects
    for username, (first_name, last_name, groups) in PEOPLE.items():
        user, _ = users.get_or_create(
            username=username,
            defaults={
                "first_name": first_name,
                "last_name": last_name,
                "email": f"{username}@neulbom.example",
                "password": hashed_password,
            },
        )
        user.groups.add(*Group.objects.filter(name__in=groups))
        EmailAddress.objects.get_or_create(
            user=user, email=user.email, defaults={"verified": True, "primary": True}
        )
        say_of_age(user)
    if not users.filter(username="admin").exists():
        users.create_superuser("admin", "admin@neulbom.example", PASSWORD, first_name="Admin")


def cannot_sign_in(username: str, first_name: str, last_name: str) -> Any:
    """Return somebody who fills the town and has no password."""
    return get_user_model().objects.get_or_create(
        username=username,
        defaults={"first_name": first_name, "last_name": last_name, "password": "!"},
    )[0]


def somebody(username: str) -> Any:
    return get_user_model().objects.get(username=username)


def person(username: str) -> Participant:
    return Participant.objects.of(somebody(username))
