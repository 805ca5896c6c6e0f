"""What becomes of awards, told after commit with ``action``, ``subject`` and ``result``."""

from django.dispatch import Signal

award_accepted = Signal()
award_declined = Signal()
papers_completed = Signal()
award_cancelled = Signal()
"""Subject and result of these four: the award."""

instalment_paid = Signal()
"""Subject and result: the instalment."""

rights_given_back = Signal()
"""Subject and result: the award."""
