"""
What the budget votes announce, after the transaction is committed.

``election_imported``: a published election became a vote; ``result`` is the vote's page.
``ballots_counted``: a vote was counted; ``subject`` is its process, ``result`` the ``CountResult``.
"""

from django.dispatch import Signal

election_imported = Signal()
ballots_counted = Signal()
