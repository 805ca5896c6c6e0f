"""A change that is under way when a vote opens is in the rulebook, or the opening is refused."""

import threading

import pytest
from django.db import connection, transaction

from civic_sourcing.budgets.actions.casting import OpenVote, opening
from civic_sourcing.budgets.models import Project, VoteRun
from civic_sourcing.budgets.rule_verification import verify_rules
from civic_sourcing.budgets.rulebooks import frozen
from civic_sourcing.core.audit.verification import Verification

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def open_while_a_cost_is_changed(run, *, patience):
    """Somebody writes a cost past all actions and commits while the vote is being opened."""

    def open_vote():
        try:
            OpenVote(run, by=None).execute()
        finally:
            connection.close()

    opener = threading.Thread(target=open_vote)
    with transaction.atomic():
        Project.objects.filter(number="A").update(cost=450)
        opener.start()
        opener.join(patience)
    opener.join(30)
    return frozen(VoteRun.objects.get(pk=run.pk)).by_number["A"].cost


def test_opening_waits_for_changes_under_way(prepared):
    assert open_while_a_cost_is_changed(prepared, patience=1) == 450
    assert [*verify_rules(Verification())] == []


def test_without_the_lock_a_change_comes_too_late_and_is_found(prepared, monkeypatch):
    monkeypatch.setattr(opening, "lock_rules", lambda process, using: None)

    assert open_while_a_cost_is_changed(prepared, patience=30) == 400
    assert [finding.code for finding in verify_rules(Verification())] == ["rules-changed"]
