"""
What happened to contributions. Sent after commit with ``sender`` (the action class), ``action``,
``subject`` (the contribution) and ``result``.
"""

from django.dispatch import Signal

contribution_released = Signal()
contribution_hidden = Signal()
contribution_restored = Signal()
contribution_withdrawn = Signal()
contribution_removed = Signal()
contribution_reinstated = Signal()

contribution_moved = Signal()
"""It belongs to another process. ``sender`` is the model, with ``contribution`` and ``source``."""

version_published = Signal()
"""A text can be read by all. ``sender`` is the model, with ``version`` and ``contribution``."""

licence_worded = Signal()
"""``subject`` is the licence, ``result`` its wording in force."""

licences_offered = Signal()
"""``subject`` is the process, ``result`` what it offers now."""

invitation_sent = Signal()
invitation_accepted = Signal()
invitation_declined = Signal()
credit_withdrawn = Signal()
shares_set = Signal()
improvement_offered = Signal()
"""``subject`` is the contribution, ``result`` the offer; it is not public."""
improvement_accepted = Signal()
"""``subject`` is the offer, ``result`` the credit."""
improvement_declined = Signal()
improvement_withdrawn = Signal()
contribution_claimed_by_code = Signal()
claim_code_revoked = Signal()
"""``subject`` is the code, ``result`` its contribution."""
contribution_derived = Signal()
"""A derivation was recorded. ``subject`` is the derived contribution, ``result`` the derivation."""
contributions_merged = Signal()
"""``subject`` is the first original, ``result`` the new contribution."""
contribution_split = Signal()
"""``subject`` is the original, ``result`` the list of the new contributions' primary keys."""
contribution_entered = Signal()
