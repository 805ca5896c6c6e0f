"""
What happened in a forum. Sent on commit, with ``sender`` the action class and the keyword arguments
``action``, ``subject`` and ``result``.
"""

from django.dispatch import Signal

idea_proposed = Signal()
"""``subject`` is the forum, ``result`` the new idea."""

idea_supported = Signal()
"""``subject`` is the idea, ``result`` the ``Support``."""

support_withdrawn = Signal()
"""``subject`` is the idea; ``result`` is ``None``."""
