"""What processes announce, always after commit."""

from django.dispatch import Signal

#: Sent by ``SetRules``: ``action``, ``subject`` (the process), ``result`` (the process).
rules_set = Signal()

#: Sent once when a phase has opened: ``phase``, ``at`` (database time of the announcement).
phase_opened = Signal()

#: Sent once when a phase has closed: ``phase``, ``at`` (database time of the announcement).
phase_closed = Signal()
