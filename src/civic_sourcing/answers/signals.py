"""
News of official answers, sent after commit with ``sender`` (the action class), ``action``,
``subject`` and ``result``.
"""

from django.dispatch import Signal

promise_made = Signal()
"""The city owes something; ``subject`` is the contribution, ``result`` the promise."""

promise_assigned = Signal()
"""Somebody else cares for it; ``subject`` is the promise."""

promise_extended = Signal()
"""More time was given; ``subject`` is the promise, ``result`` the extension."""

promise_waived = Signal()
"""Nothing is owed any more; ``subject`` is the promise."""

promise_kept = Signal()
"""What was owed is there, in time or late; ``subject`` is the promise."""

promise_overdue = Signal()
"""The due date has passed; ``subject`` is the promise. Sent once for each due date."""

answer_drafted = Signal()
"""Somebody began to answer; ``subject`` is the contribution, ``result`` the draft."""

answer_revised = Signal()
"""A draft was changed; ``subject`` is the answer."""

answer_discarded = Signal()
"""A draft was given up; ``subject`` is the answer."""

part_contributed = Signal()
"""A partner department has had its say; ``subject`` is the part."""

answer_published = Signal()
"""Everybody can read an answer or a correction; ``subject`` and ``result`` are the answer."""

adopted = Signal()
"""The city makes something of it; ``subject`` is the contribution, ``result`` the adoption."""

adoption_planned = Signal()
"""Owner, date or another part of the plan changed; ``subject`` is the adoption."""

adoption_status_changed = Signal()
"""``subject`` is the adoption, ``result`` the change."""

milestone_set = Signal()
"""A milestone was planned, changed or reached; ``subject`` is the adoption, ``result`` it."""

delivery_reported = Signal()
"""There is news of a delivery; ``subject`` is the adoption, ``result`` the news."""

delivery_followed = Signal()
"""Somebody wants to hear of each step; ``subject`` is the contribution, ``result`` the follow."""

delivery_unfollowed = Signal()
"""Somebody wants to hear no more; ``subject`` is the contribution."""
