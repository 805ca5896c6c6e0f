"""Wagtail's page permissions, with what a process holds taken into account."""

from __future__ import annotations

from wagtail.models import PagePermissionTester

from civic_sourcing.processes.holdings import refusal_to_delete, refusal_to_unpublish


class ProcessPagePermissionTester(PagePermissionTester):
    """Nobody, superusers included, deletes or unpublishes what holds contributions."""

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        allowed: bool = super().can_delete(ignore_bulk)
        return allowed and refusal_to_delete([self.page]) is None

    def can_unpublish(self) -> bool:
        allowed: bool = super().can_unpublish()
        return allowed and refusal_to_unpublish(self.page) is None

    def can_move(self) -> bool:
        """Moving keeps everything, so it asks only what Wagtail asks."""
        allowed: bool = super().can_delete(ignore_bulk=True)
        return allowed
