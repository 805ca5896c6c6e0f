"""Second opinions: the share, who gives them, agreement."""

import pytest

from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.moderation.actions import GiveSecondOpinion
from civic_sourcing.moderation.deciding import opinions
from civic_sourcing.moderation.models import Decision, SecondOpinion

from .deciding_people import (  # noqa: F401
    case_now,
    decide_scene,
)


class TestSecondOpinions:
    def test_share_is_kept_and_deterministic(self):
        decisions = [Decision() for _number in range(4000)]

        drawn = [opinions.is_drawn(decision, 0.25) for decision in decisions]

        assert 0.2 < sum(drawn) / len(drawn) < 0.3
        assert drawn == [opinions.is_drawn(decision, 0.25) for decision in decisions]
        wider = [opinions.is_drawn(decision, 0.5) for decision in decisions]
        assert all(more for less, more in zip(drawn, wider, strict=True) if less)

    @pytest.fixture
    def asked(self, case, decide, settings):
        settings.CIVIC_SOURCING = {**settings.CIVIC_SOURCING, "SECOND_OPINION_SHARE": 1.0}
        return SecondOpinion.objects.get(decision=decide(case))

    @pytest.mark.parametrize(
        ("outcome", "rule", "agrees"),
        [
            pytest.param("hide", "respect", True, id="the same"),
            pytest.param("hide", "advertising", False, id="another rule"),
            pytest.param("remove", "respect", False, id="another outcome"),
            pytest.param("no_breach", None, False, id="no breach"),
        ],
    )
    def test_a_colleague_agrees_or_not(self, asked, second_moderator, rules, outcome, rule, agrees):
        rule = rules(rule, "ko") if rule else None

        opinion = GiveSecondOpinion(
            asked, by=second_moderator, outcome=outcome, rule=rule
        ).execute()

        assert opinion.agrees is agrees
        assert opinion.decision.outcome == "hide"

    @pytest.mark.parametrize("role", ["moderator", "foreign_moderator", "author"])
    def test_not_by_who_decided_nor_by_others(self, asked, request, role, rules):
        with pytest.raises(ActionRefused):
            GiveSecondOpinion(
                asked, by=request.getfixturevalue(role), outcome="hide", rule=rules("respect")
            ).execute()

    def test_once_only(self, asked, second_moderator, administrator, rules):
        GiveSecondOpinion(
            asked, by=second_moderator, outcome="hide", rule=rules("respect")
        ).execute()

        with pytest.raises(ActionRefused) as refused:
            GiveSecondOpinion(asked, by=administrator, outcome="no_breach").execute()

        assert refused.value.code == "already-given"

    def test_a_corrected_decision_is_asked_about_no_more(self, asked, case, decide):
        decide(case_now(case), "warn", correct=asked.decision)

        assert [opinion.decision.outcome for opinion in SecondOpinion.objects.all()] == ["warn"]
