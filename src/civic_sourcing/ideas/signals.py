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

idea_edited = Signal()
"""``subject`` is the idea as its author left it, ``result`` the ``IdeaChange`` or ``None``."""

idea_withdrawn = Signal()
"""``subject`` is the idea, ``result`` the ``IdeaWithdrawal`` (``None`` if nobody had seen it)."""

support_kept = Signal()
"""``subject`` is the idea, ``result`` the ``Support``, now of the latest version."""

idea_followed = Signal()
"""``subject`` is the idea, ``result`` the ``IdeaFollow``."""

idea_unfollowed = Signal()
"""``subject`` is the idea; ``result`` is ``None``."""

stage_changed = Signal()
"""``subject`` is the idea, ``result`` the ``StageChange``."""

threshold_reached = Signal()
"""``subject`` is the idea, ``result`` the ``ThresholdReached``; ``None`` if it had fired before."""

forum_rules_set = Signal()
"""``subject`` is the process, ``result`` its ``ForumRules``."""

idea_moved = Signal()
"""``subject`` is the idea before it was moved to another forum, ``result`` the idea there."""

idea_form_set = Signal()
"""``subject`` is the process, ``result`` the ``FormSetup``."""

places_set = Signal()
"""Categories and districts were set. ``subject`` is the process, ``result`` their number."""
