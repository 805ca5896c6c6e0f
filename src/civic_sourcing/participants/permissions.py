"""Who sees and changes what in the admin: plain model permissions, minus what nobody may."""

from __future__ import annotations

from typing import Any

from wagtail.permission_policies import ModelPermissionPolicy

from civic_sourcing.participants.models import LegalText, Participant

try:
    from wagtail.permissions import register_permission_policy
except ImportError:  # Wagtail 7.4 asks the viewset
    register_permission_policy = None


class PeoplePermissionPolicy(ModelPermissionPolicy):
    """People make themselves participants and go by themselves: nobody adds or deletes one."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        if action in ("add", "delete"):
            return False
        allowed: bool = super().user_has_permission(user, action)
        return allowed

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        return any(self.user_has_permission(user, action) for action in actions)


class LegalTextPermissionPolicy(ModelPermissionPolicy):
    """A published version is read and copied; nobody changes or deletes it."""

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Any) -> bool:
        if action in ("change", "delete") and instance.published_at is not None:
            return False
        allowed: bool = super().user_has_permission_for_instance(user, action, instance)
        return allowed


people_policy = PeoplePermissionPolicy(Participant)
legal_text_policy = LegalTextPermissionPolicy(LegalText)


def register_policies() -> None:
    """Have Wagtail ask these policies wherever it shows the two models."""
    if register_permission_policy is not None:
        register_permission_policy(Participant, people_policy, exact_class=True)
        register_permission_policy(LegalText, legal_text_policy, exact_class=True)
