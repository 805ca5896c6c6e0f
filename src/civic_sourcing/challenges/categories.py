"""What people are told about challenges."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from civic_sourcing.notifications.categories import Category, register_category

NEWS = "civic_challenges.news"
ENTRIES = "civic_challenges.entries"
JUDGING = "civic_challenges.judging"
AWARDS = "civic_challenges.awards"
TO_MANAGE = "civic_challenges.to_manage"

CATEGORIES = (
    Category(
        NEWS,
        _("Challenges you take part in"),
        _("Dates put off, prizes raised, answers to questions."),
    ),
    Category(
        ENTRIES,
        _("Your entries to challenges"),
        _("Receipts, invitations to teams, what became of an entry."),
        can_turn_off=False,
    ),
    Category(
        JUDGING,
        _("What you judge"),
        _("Invitations to a panel, entries to judge, days that come near."),
        can_turn_off=False,
    ),
    Category(
        AWARDS,
        _("Awards"),
        _("What was awarded to you, papers that are needed, payments."),
        can_turn_off=False,
    ),
    Category(
        TO_MANAGE,
        _("Challenges to look after"),
        _("Challenges to review, edits requested, days that come near."),
        for_office=True,
    ),
)


def register_categories() -> None:
    """Name the five kinds of news of this room."""
    for category in CATEGORIES:
        register_category(category)
