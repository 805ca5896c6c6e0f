"""The hub that gathers what citizens can take part in."""

from django.contrib.auth.models import Group, Permission
from wagtail.models import GroupPagePermission

from civic_sourcing.processes.models import ParticipationPage, RoleAssignment

from .pages import page_in_both_languages
from .places import home

ROLES = [
    ("Moderators", "moderator"),
    ("Officials", "official"),
    ("Officials", "registrar"),
    ("Stewards", "steward"),
]


def load() -> None:
    page = hub()
    for name, role in ROLES:
        group, _ = Group.objects.get_or_create(name=name)
        RoleAssignment.objects.get_or_create(group=group, page_id=page.pk, role=role)
    open_page_tree(page)


def open_page_tree(page: ParticipationPage) -> None:
    """
    Let officials open the lists of ideas among the pages of the admin.

    Wagtail shows pages to whoever may do something with them; to unlock them is the least.
    """
    unlock = Permission.objects.get(content_type__app_label="wagtailcore", codename="unlock_page")
    for translation in page.get_translations(inclusive=True):
        GroupPagePermission.objects.get_or_create(
            group=Group.objects.get(name="Officials"), page_id=translation.pk, permission=unlock
        )


def hub() -> ParticipationPage:
    """Return the English hub, made and translated if it is missing."""
    page = page_in_both_languages(
        ParticipationPage,
        parent=home(),
        slug="participate",
        show_in_menus=True,
        texts={
            "en": {
                "title": "Take part",
                "introduction": (
                    "Propose, support, vote and see what became of it. "
                    "Each process says beforehand what your contribution will do."
                ),
            },
            "ko": {
                "title": "시민 참여",
                "introduction": (
                    "제안하고, 공감하고, 투표하고, 그 결과까지 확인하실 수 있습니다. "
                    "각 참여 과정은 여러분의 의견이 어떻게 반영되는지 미리 밝힙니다."
                ),
            },
        },
    )
    assert isinstance(page.specific, ParticipationPage)
    return page.specific
