"""
What happened in threads. Sent on commit, with ``sender`` the action class and the keyword arguments
``action``, ``subject`` and ``result``.
"""

from django.dispatch import Signal

comment_posted = Signal()
"""``subject`` is the thread, ``result`` the comment; it may still wait at the gate."""
comment_edited = Signal()
comment_withdrawn = Signal()
comment_rated = Signal()
"""``subject`` is the comment; ``result`` is the value: 1, -1, or 0 for a rating taken back."""
thread_closed = Signal()
thread_reopened = Signal()
thread_followed = Signal()
thread_unfollowed = Signal()
comment_rules_set = Signal()
"""``subject`` is the process, ``result`` its rules of comments."""
