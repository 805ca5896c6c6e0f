"""Words that were taken away: kept for an appeal, read with a reason, wiped."""

from datetime import timedelta

import pytest

from civic_sourcing.core.exceptions import ActionForbidden, ActionRefused
from civic_sourcing.core.models import AuditEntry
from civic_sourcing.moderation.actions import ReadPreservedText
from civic_sourcing.moderation.deciding.jobs import wipe_preserved_texts
from civic_sourcing.moderation.models import PreservedText

from .deciding_people import (  # noqa: F401
    FACTS,
    appeal_scene,
    case_now,
    decide_appeal_scene,
    decide_scene,
    decision_now,
    page_now,
)

DAY = timedelta(days=1)


class TestPreservedTexts:
    def test_they_are_wiped_when_no_appeal_is_possible(self, case, decide):
        decision = decide(case, "remove")
        at = decision.appeal_until + DAY

        assert wipe_preserved_texts(at - 2 * DAY) == "0 wiped"
        assert wipe_preserved_texts(at) == "1 wiped"

        kept = PreservedText.objects.get()
        assert (kept.title, kept.text, kept.keepsake) == ("", "", {})

    def test_what_was_taken_on_an_appeal_is_wiped_as_well(
        self, case, decide, appeal, decide_appeal, rules
    ):
        filed = appeal(decide(case, "hide"))
        terms = {"outcome": "remove", "rule": rules("respect"), "facts": FACTS}
        decide_appeal(filed, "changed", **terms)
        kept = PreservedText.objects.get()

        wipe_preserved_texts(kept.decision.decided_at + 184 * DAY)

        kept.refresh_from_db()
        assert (kept.title, kept.text) == ("", "")

    def test_while_an_appeal_waits_they_stay(self, case, decide, appeal):
        decision = decide(case, "remove")
        appeal(decision)

        assert wipe_preserved_texts(decision.appeal_until + DAY) == "0 wiped"

    def test_what_is_wiped_is_not_lifted(self, case, decide):
        decision = decide(case, "remove")
        wipe_preserved_texts(decision.appeal_until + DAY)

        with pytest.raises(ActionRefused) as refused:
            decide(case_now(case), "lift")

        assert refused.value.code == "wiped"

    def test_reading_them_needs_a_reason_and_is_logged(
        self, case, idea, decide, appeal, moderator, second_moderator, administrator
    ):
        text = idea.description
        decision = decide(case, "remove")
        for person in (moderator, second_moderator):
            with pytest.raises(ActionForbidden):
                ReadPreservedText(decision, by=person).execute()
        assert ReadPreservedText(decision, by=administrator).execute().text == text

        appeal(decision)
        fresh = decision_now(decision)
        assert ReadPreservedText(fresh, by=second_moderator).execute().text == text
        with pytest.raises(ActionForbidden):
            ReadPreservedText(fresh, by=moderator).execute()

        assert AuditEntry.objects.filter(action="civic_moderation.read_preserved").count() == 2

    def test_in_an_emergency_hidden_words_are_taken_too(self, report, idea, decide):
        text = idea.description
        case = report(rule="safety").case

        decision = decide(case_now(case), "hide", rule="safety")

        assert page_now(idea).description == "***"
        assert PreservedText.objects.get(decision=decision).text == text
