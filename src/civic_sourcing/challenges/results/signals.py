"""What came of the judging, told after commit with ``action``, ``subject`` and ``result``."""

from django.dispatch import Signal

entries_ranked = Signal()
"""Subject: the round. Result: the ranking."""

winners_confirmed = Signal()
"""Two people stand for a decision. Subject and result: it."""

decision_withdrawn = Signal()
"""Subject and result: the decision."""

decision_final = Signal()
"""The verification is over and awards are offered. Subject: the decision. Result: the awards."""
