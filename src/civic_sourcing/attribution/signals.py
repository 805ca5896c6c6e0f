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
