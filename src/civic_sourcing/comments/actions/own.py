"""What authors do with their own comments."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from civic_sourcing.attribution.models import Contribution
from civic_sourcing.comments import standing
from civic_sourcing.comments.models import Comment, Thread
from civic_sourcing.core.actions import Action
from civic_sourcing.core.exceptions import ActionRefused


class CommentAction(Action[Comment]):
    """A step with a comment that also changes its row in the ledger, which is locked first."""

    def fresh_subject(self) -> Any:
        rows = Contribution.objects.select_for_update(no_key=True, of=("self",))
        row = rows.select_related("author", "process").filter(pk=self.subject.pk).first()
        comment = standing.locked(row) if row else None
        if comment is None:
            raise ActionRefused(
                _("This no longer exists. It was deleted in the meantime."), code="gone"
            )
        comment.thread = Thread.objects.select_related("process", "contribution").get(
            pk=comment.thread_id
        )
        return comment

    def audit_details(self) -> dict[str, Any]:
        return {
            "thread": str(self.subject.thread.uuid),
            "state": str(self.subject.contribution.state),
        }
