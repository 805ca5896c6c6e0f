"""
News of moderation, sent after commit.

Those of actions carry ``sender`` (the action class), ``action``, ``subject`` and ``result``, as
every action's do.
"""

from django.dispatch import Signal

case_opened = Signal()
"""A case was made. Sent with ``sender`` (the class ``Case``) and ``case``."""

report_filed = Signal()
"""Somebody reported something; ``subject`` is what, ``result`` the report."""

case_decided = Signal()
"""A case was decided or a decision corrected; ``subject`` is the case, ``result`` the decision."""

measure_ended = Signal()
"""A measure came to its end. Sent with ``sender`` (the class ``Measure``) and ``measure``."""

appeal_filed = Signal()
"""An author appealed; ``subject`` is the decision, ``result`` the appeal."""

appeal_decided = Signal()
"""An appeal was decided; ``subject`` is the appeal."""

moderation_set = Signal()
"""It was said how a process is moderated; ``subject`` is the process, ``result`` the row."""
