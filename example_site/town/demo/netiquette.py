"""The town's rules, and what its moderators may see."""

from django.contrib.auth.models import Group

from civic_sourcing.moderation.netiquette import load_rules

from .people import allow


def load() -> None:
    load_rules()
    for name in ("Moderators", "Stewards"):
        allow(Group.objects.get_or_create(name=name)[0], ["access_admin", "view_reporters"])
