from .wagtail_site import *  # noqa: F403
from .wagtail_site import INSTALLED_APPS as BEFORE

ROOMS = [
    "challenges",
    "budgets",
    "ideas",
    "comments",
    "answers",
    "moderation",
    "attribution",
    "participants",
    "notifications",
    "processes",
    "core",
]
INSTALLED_APPS = [*(f"civic_sourcing.{room}" for room in ROOMS), *BEFORE]
