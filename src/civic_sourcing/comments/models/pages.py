"""Any page that people discuss on."""

from __future__ import annotations

from typing import Any

from civic_sourcing.comments.kinds import DISCUSSION
from civic_sourcing.comments.models.threads import Thread
from civic_sourcing.processes.models import ProcessPageMixin


class CommentsPageMixin(ProcessPageMixin):
    """
    Lets people comment on a page type: put it before the page class, its ``rules_panels`` among the
    panels, and ``{% page_slot "thread" page %}`` into the template.

    People can comment while a phase of the page's process is open; a page without phases takes no
    comments. All languages and aliases share one thread, a copy gets its own, empty one, and a page
    with comments is neither deleted nor unpublished.
    """

    process_kind = DISCUSSION

    class Meta:
        abstract = True

    @property
    def thread(self) -> Any:
        """The thread below this page; not saved while nobody has commented."""
        return Thread.objects.below(self.process) if self.process else None
