"""Who may touch a contribution."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from civic_sourcing.core.policies import Occasion, Policy, Refusal, SignedIn, Superuser, System
from civic_sourcing.processes.policies import HasRole


class IsAuthor(Policy):
    """Only whoever handed the contribution in."""

    def refusal(self, occasion: Occasion) -> Refusal | None:
        author, user = occasion.subject.author, occasion.user
        if author is not None and user is not None and author.user_id == user.pk:
            return None
        return Refusal(_("Only the author can do this."))


may_moderate = System() | (SignedIn() & (Superuser() | HasRole("moderator")))
may_withdraw = System() | (SignedIn() & IsAuthor())
