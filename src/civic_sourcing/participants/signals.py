"""
What has happened to people. Sent on commit with ``sender`` (the action), ``action``, ``subject``
and ``result``, as all signals of actions.
"""

from django.dispatch import Signal

guardian_asked = Signal()
"""A guardian was written to. ``subject`` is the participant, ``result`` the ``GuardianConsent``."""

guardian_consented = Signal()
"""``subject`` is the ``GuardianConsent``; what waited was released in the same transaction."""

guardian_refused = Signal()
"""``subject`` is the ``GuardianConsent``; what waited is gone."""

guardian_withdrawn = Signal()
"""``subject`` is the ``GuardianConsent``; what was released is gone."""

guardian_request_expired = Signal()
"""``subject`` is the ``GuardianConsent``; nobody answered, and what waited is gone."""

participant_erased = Signal()
"""``subject`` is the participant, a tombstone by now."""

legal_text_published = Signal()
"""``subject`` is the ``LegalText``: whoever agreed to an earlier version is asked anew."""
