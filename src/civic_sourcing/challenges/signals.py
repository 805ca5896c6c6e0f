"""What happens to challenges, told after commit with ``action``, ``subject`` and ``result``."""

from django.dispatch import Signal

round_lengthened = Signal()
"""A date of an open challenge was put off. Subject and result: the round."""

prize_raised = Signal()
"""A prize of an open challenge was raised. Subject and result: the prize."""
