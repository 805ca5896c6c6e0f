"""What every outcome does, what is refused, and who is told."""

from datetime import timedelta

import pytest

from civic_sourcing.attribution.models import State
from civic_sourcing.moderation.actions import DecideCase
from civic_sourcing.moderation.models import Case, Decision, Measure

FACTS = "The second sentence calls a neighbour a liar."


@pytest.fixture
def decide(rules, moderator):
    def take(case, outcome="hide", *, by=moderator, rule="respect", facts=FACTS, **terms):
        found = rules(rule) if rule else None
        return DecideCase(case, by=by, outcome=outcome, rule=found, facts=facts, **terms).execute()

    return take


def test_hidden_idea_is_out_of_sight_with_its_reasons(case, idea, decide):
    decision = decide(case)

    idea.contribution.refresh_from_db()
    assert idea.contribution.state == State.HIDDEN
    assert decision.measures.get().kind == Measure.Kind.HIDDEN
    assert decision.scope and decision.appeal_until > decision.decided_at + timedelta(days=182)
    assert Case.objects.get(pk=case.pk).state == "decided"
    assert Decision.objects.count() == 1
