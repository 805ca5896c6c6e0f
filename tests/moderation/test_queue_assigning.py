"""Who is at a case: leases, taking, giving, handing over, the next case."""

from datetime import timedelta

import pytest

from civic_sourcing.core import clock
from civic_sourcing.core.audit import AuditEntry
from civic_sourcing.core.exceptions import ActionForbidden, ActionRefused
from civic_sourcing.moderation.actions import AssignCase, HandOverCase, ReleaseCase, TakeCase
from civic_sourcing.moderation.models import CaseLease
from civic_sourcing.moderation.queue.leases import renew_lease, take_lease

from .queue_desk import (  # noqa: F401
    FACTS,
    HAND_OVER,
    NEXT,
    again,
    cases_scene,
    decide_scene,
    page_of,
    values_of,
    visit_scene,
)


class TestLease:
    def test_opening_a_case_takes_it(self, case, moderator, visit):
        visit(moderator, page_of(case))

        assert case.lease.holder == moderator

    def test_case_of_a_colleague_opens_without_form_until_taken_over(
        self, case, moderator, second_moderator, visit, client
    ):
        visit(moderator, page_of(case))

        answer = visit(second_moderator, page_of(case))
        assert answer.context["form"] is None
        assert "has had this case open" in answer.content.decode()
        client.post(page_of(case, "take_lease"))

        assert CaseLease.objects.get().holder == second_moderator
        assert visit(second_moderator, page_of(case)).context["form"]

    def test_lease_moves_on_by_itself(self, case, moderator, second_moderator, visit):
        visit(moderator, page_of(case))
        CaseLease.objects.update(until=clock.now() - timedelta(seconds=1))

        assert visit(second_moderator, page_of(case)).context["form"]
        assert CaseLease.objects.get().holder == second_moderator
        assert not renew_lease(case, moderator)

    def test_staying_says_when_somebody_took_over(
        self, case, moderator, second_moderator, visit, client
    ):
        visit(moderator, page_of(case))
        assert client.post(page_of(case, "lease")).status_code == 204
        take_lease(case, second_moderator, by_force=True)

        answer = client.post(page_of(case, "lease"))

        assert (answer.status_code, "moderator2" in answer.content.decode()) == (409, True)

    def test_decision_without_the_lease_asks_first_and_keeps_the_words(
        self, case, moderator, second_moderator, visit, client, decide
    ):
        form = visit(moderator, page_of(case)).context["form"]
        data = values_of(form)
        data |= {"outcome": "hide", "facts": FACTS}
        take_lease(case, second_moderator, by_force=True)

        answer = client.post(page_of(case), data)
        assert answer.status_code == 409
        assert FACTS in answer.content.decode()
        assert again(case).is_open
        client.post(page_of(case), {**data, "by_force": "1"})

        assert not again(case).is_open


class TestAssigning:
    def test_taken_given_and_released(self, case, moderator, second_moderator):
        TakeCase(case, by=moderator).execute()
        AssignCase(case, by=moderator, to=second_moderator).execute()
        assert again(case).assigned_to == second_moderator

        ReleaseCase(case, by=moderator).execute()

        assert again(case).assigned_to is None
        verbs = ["take", "assign", "release"]
        log = AuditEntry.objects.filter(subject_id=str(case.uuid)).order_by("sequence")
        assert [row.action.partition(".")[2] for row in log][-3:] == verbs

    def test_only_who_moderates_the_place_is_given_a_case(self, case, moderator, foreign_moderator):
        with pytest.raises(ActionRefused, match="does not moderate"):
            AssignCase(case, by=moderator, to=foreign_moderator).execute()

    def test_nobody_takes_their_own_matter(self, case, author, moderator):
        author.groups.add(moderator.groups.get())

        with pytest.raises(ActionRefused):
            TakeCase(case, by=author).execute()
        with pytest.raises(ActionRefused, match="too close"):
            AssignCase(case, by=moderator, to=author).execute()

    def test_who_reported_is_offered_and_given_a_case_like_anybody(
        self, case, reporter, moderator, second_moderator, visit, client
    ):
        reporter.groups.add(moderator.groups.get())
        offered = visit(moderator, page_of(case)).context["colleagues"]

        client.post(page_of(case, "assign"), {"to": reporter.pk})

        assert {key for key, _name in offered} == {reporter.pk, second_moderator.pk}
        assert again(case).assigned_to == reporter
        page = visit(reporter, page_of(case))
        assert (page.context["form"], "You reported this" in page.content.decode()) == (None, True)

    def test_who_reported_gives_a_case_back(self, case, reporter, moderator):
        reporter.groups.add(moderator.groups.get())
        AssignCase(case, by=moderator, to=reporter).execute()

        ReleaseCase(case, by=reporter).execute()

        assert again(case).assigned_to is None

    def test_stranger_takes_nothing(self, case, newcomer):
        with pytest.raises(ActionForbidden):
            TakeCase(case, by=newcomer).execute()

    def test_cases_of_a_colleague_are_handed_over(
        self, cases, moderator, second_moderator, make_moderator, visit, client
    ):
        third = make_moderator("moderator3")
        for case in cases[:2]:
            TakeCase(case, by=second_moderator).execute()
        visit(moderator, HAND_OVER)

        client.post(HAND_OVER, {"of": second_moderator.pk, "to": third.pk})

        assert [again(case).assigned_to for case in cases] == [third, third, None]

    def test_what_was_taken_meanwhile_is_not_handed_over(
        self, case, moderator, second_moderator, make_moderator
    ):
        TakeCase(case, by=moderator).execute()

        with pytest.raises(ActionRefused, match="Somebody else took"):
            HandOverCase(
                case, by=moderator, of=second_moderator, to=make_moderator("third")
            ).execute()

    def test_next_case_leaves_out_what_others_are_at_or_have(
        self, cases, moderator, second_moderator, visit
    ):
        take_lease(cases[0], second_moderator)
        TakeCase(cases[1], by=second_moderator).execute()

        answer = visit(moderator, NEXT)

        assert answer["Location"] == page_of(cases[2])

    def test_next_case_leaves_out_what_one_reported(
        self, report, cases, reporter, moderator, visit
    ):
        reporter.groups.add(moderator.groups.get())
        report(cases[0].contribution)

        assert visit(reporter, NEXT)["Location"] == page_of(cases[1])

    def test_skipped_case_is_free_for_others(self, cases, moderator, visit):
        visit(moderator, page_of(cases[0]))

        answer = visit(moderator, NEXT, after=str(cases[0].uuid))

        assert answer["Location"] == page_of(cases[1])
        assert not CaseLease.objects.filter(case=cases[0]).exists()
