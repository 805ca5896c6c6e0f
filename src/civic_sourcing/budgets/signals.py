"""
What the budget votes announce, after the transaction is committed.

``election_imported``: a published election became a vote; ``result`` is the vote's page.
``ballots_counted``: a vote was counted; ``subject`` is its process, ``result`` the ``CountResult``.
``count_published``: everybody sees a count; ``subject`` is it, ``result`` its publication.
``count_confirmed``: two people have confirmed a count; ``result`` is it.
``projects_promised``: funded projects became promises; ``result`` are their adoptions.
``projects_added``: pages of projects were made below a vote's page; ``result`` is their keys.
"""

from django.dispatch import Signal

election_imported = Signal()
ballots_counted = Signal()
count_published = Signal()
count_confirmed = Signal()
projects_added = Signal()
projects_promised = Signal()
