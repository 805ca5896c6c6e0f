"""
What happened to claims. Sent after commit with ``sender`` (the action class), ``action``,
``subject`` and ``result``.

From ``claim_filed`` (subject: the contribution; result: the claim) to ``claim_closed`` (subject:
the claim) nothing may be awarded for the contribution. ``claim_decided`` comes with every decision
(result: the decision), final or not.
"""

from django.dispatch import Signal

claim_filed = Signal()
claim_answered = Signal()
claim_decided = Signal()
claim_appealed = Signal()
claim_closed = Signal()
