"""What editors may do with an idea in the page tree of the admin."""

from typing import Any

from wagtail.models import PagePermissionTester

from civic_sourcing.attribution.models import State
from civic_sourcing.attribution.policies import may_moderate
from civic_sourcing.core.policies import Occasion


class IdeaPermissionTester(PagePermissionTester):
    """
    An idea has one author and one place, so nobody, superusers included, copies it, moves it or
    deletes it. Moderators hide it and put it back, which is what “unpublish” and “publish” do.
    """

    def can_edit(self) -> bool:
        """What waits or is hidden is read by moderators, and by nobody else in the admin."""
        if not super().can_edit():
            return False
        contribution_id = self.page.contribution_id
        return not contribution_id or self.page.contribution.is_public or self._may_moderate()

    def can_unpublish(self) -> bool:
        return bool(self.page.live and self._may_moderate())

    def can_publish(self) -> bool:
        if not self.page.contribution_id or self.page.contribution.is_public:
            return bool(super().can_publish())
        return self.page.contribution.state == State.HIDDEN and self._may_moderate()

    def _may_moderate(self) -> bool:
        contribution = self.page.contribution
        return may_moderate.allows(Occasion(self.user, contribution, contribution.received_at))

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
