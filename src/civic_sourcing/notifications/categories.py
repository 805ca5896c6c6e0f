"""What people may be told about. Every room registers its own categories when it is ready."""

from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

KEY_LENGTH = 60


class Mail(models.TextChoices):
    """When a category is sent by mail."""

    NOW = "now", _("At once")
    DAILY = "daily", _("Once a day")
    WEEKLY = "weekly", _("Once a week")
    NEVER = "never", _("Never")


@dataclass(frozen=True)
class Choice:
    """How one person gets one category."""

    in_app: bool
    mail: Mail

    @property
    def is_nothing(self) -> bool:
        return not self.in_app and self.mail == Mail.NEVER


@dataclass(frozen=True)
class Category:
    """
    A kind of news, such as “Your ideas”. ``key`` starts with the label of its room.

    ``label`` and ``description`` are translatable and say what one gets, in words for everybody.
    What cannot be turned off (``can_turn_off=False``) always comes as by default: keep it for what
    has a deadline or concerns somebody's rights. What only goes to addresses without an account
    (``to_accounts=False``) is not among the choices people have. What only comes with an office
    (``for_office=True``) is shown to those who may enter the admin.
    """

    key: str
    label: str | Promise
    description: str | Promise = ""
    default_mail: Literal["now", "daily", "weekly", "never"] = "now"
    can_turn_off: bool = True
    to_accounts: bool = True
    for_office: bool = False

    @property
    def default(self) -> Choice:
        return Choice(in_app=True, mail=Mail(self.default_mail))


_categories: dict[str, Category] = {}


def register_category(category: Category) -> None:
    """Let people be told about ``category``. Raises ``ValueError`` if its key is taken."""
    if _categories.setdefault(category.key, category) is not category:
        raise ValueError(f"Another category is already registered as {category.key!r}.")


def forget_category(key: str) -> None:
    """Take a category back. What people chose for it stays."""
    _categories.pop(key, None)


def categories() -> list[Category]:
    """Return the categories in the order in which they were registered."""
    return list(_categories.values())


def find_category(key: str) -> Category | None:
    """Return the category, or ``None`` where its room is no longer installed."""
    return _categories.get(key)


def get_category(key: str) -> Category:
    """Return the category. Raises ``LookupError`` that names the nearest key there is."""
    if key in _categories:
        return _categories[key]
    nearest = get_close_matches(key, _categories, n=1, cutoff=0.5)
    hint = f"did you mean {nearest[0]!r}?" if nearest else f"there are {sorted(_categories)!r}."
    raise LookupError(f"No category of notifications is registered as {key!r}; {hint}")
