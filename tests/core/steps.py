"""Actions on rows every Django site has, so that the ground floor is tested without the rooms."""

from typing import Any
from uuid import UUID

from django.contrib.auth.models import Group
from django.dispatch import Signal
from wagtail.models import Page

from civic_sourcing.core.actions import Action
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.core.policies import Always, SignedIn

CHAIN = UUID("6f1d7a52-6c34-4a6e-9c55-0c1d7f0f8a11")

group_renamed = Signal()


class RenameGroup(Action[Group]):
    """Give a group another name. A group called “closed” keeps its name."""

    verb = "rename"
    policy = SignedIn()
    announces = group_renamed

    def check(self) -> None:
        if self.subject.name == "closed":
            raise ActionRefused("“%(name)s” stays.", code="closed", name=self.subject.name)

    def perform(self) -> Group:
        self.subject.name = self.new_name
        self.subject.save()
        return self.subject

    def chain(self) -> UUID:
        return CHAIN

    def audit_details(self) -> dict[str, Any]:
        return {"length": len(self.new_name)}


class OpenGroup(Action[Group]):
    """Make a new group beside this one: with it, a repetition is seen as a second row."""

    verb = "open"
    policy = Always()
    name_of_new = ""

    def perform(self) -> Group:
        return Group.objects.create(name=self.name_of_new or f"beside {Group.objects.count()}")

    def chain(self) -> UUID:
        return CHAIN


class CloseGroup(OpenGroup):
    """Delete the group."""

    verb = "close"

    def perform(self) -> int:
        deleted, _ = self.subject.delete()
        return deleted


class TouchPage(Action[Page]):
    """Return the fresh page."""

    verb = "touch"
    policy = Always()

    def perform(self) -> Page:
        return self.subject

    def chain(self) -> UUID:
        return CHAIN
