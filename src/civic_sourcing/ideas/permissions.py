"""What editors may do with an idea in the page tree of the admin."""

from typing import Any

from wagtail.models import PagePermissionTester


class IdeaPermissionTester(PagePermissionTester):
    """
    An idea may be read and unpublished. It has one author and one place, so nobody, superusers
    included, copies it, moves it or deletes it; what must go is unpublished.
    """

    def can_copy(self) -> bool:
        return False

    def can_copy_to(self, destination: Any, recursive: bool = False) -> bool:
        return False

    def can_move(self) -> bool:
        return False

    def can_move_to(self, destination: Any) -> bool:
        return False

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        return False
