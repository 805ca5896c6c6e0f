"""What happens to challenges, told after commit with ``action``, ``subject`` and ``result``."""

from django.dispatch import Signal

round_lengthened = Signal()
"""A date of an open challenge was put off. Subject and result: the round."""

prize_raised = Signal()
"""A prize of an open challenge was raised. Subject and result: the prize."""

challenge_imported = Signal()
"""A published challenge of another service came in. Subject: the list; result: the page."""

entry_begun = Signal()
"""Subject: the process. Result: the entry, a draft."""

entry_submitted = Signal()
"""It was handed in, or replaced. Subject and result: the entry, sealed until its round closes."""

entry_withdrawn = Signal()
"""Its solver took it back. Subject and result: the entry."""

entry_opened = Signal()
"""The deadline is over and it stands in the ledger. Subject and result: the entry."""

entry_returned = Signal()
"""It was not chosen, and its words are erased. Subject and result: the entry."""

entry_verified = Signal()
"""Somebody said that what a manager entered for them is theirs. Subject and result: the entry."""

team_changed = Signal()
"""Somebody was invited, joined or left. Subject: the entry, or the row of the member."""

challenge_reviewed = Signal()
"""A step of its review was taken. Subject: the process. Result: the facts, in the new state."""

challenge_published = Signal()
"""An approved challenge went out. Subject: the process. Result: the facts."""

question_asked = Signal()
"""Subject: the process. Result: the question."""

question_replied = Signal()
"""Everybody reads question and reply. Subject and result: the question."""

question_declined = Signal()
"""It stays unanswered. Subject and result: the question."""
