"""The page of a case: everything to read, and the form to decide it."""

import pytest
from django.db import transaction
from django.utils import timezone

from civic_sourcing.attribution import ledger
from civic_sourcing.moderation.actions import DecideCase
from civic_sourcing.moderation.models import Case, Decision, Finding, ForumModeration
from civic_sourcing.participants.models import Participant
from civic_sourcing.processes.models import RoleAssignment

from .queue_desk import (  # noqa: F401
    FACTS,
    again,
    cases_scene,
    decide_scene,
    decided_scene,
    page_of,
    values_of,
    visit_scene,
)


class TestDeciding:
    def test_form_begins_with_the_words_of_the_leading_rule(self, case, moderator, visit):
        form = visit(moderator, page_of(case)).context["form"]

        assert form["facts"].value() == case.rule.statement_template
        assert form["rule"].value() == str(case.rule.translation_key)

    def test_decision_opens_the_next_case_of_the_view(self, cases, moderator, decide):
        answer = decide(moderator, cases[0])

        assert answer["Location"] == page_of(cases[1])
        decision = Decision.objects.get()
        assert (decision.outcome, decision.facts) == ("hide", FACTS)

    def test_words_of_a_breach_are_no_reason_for_none(self, case, moderator, decide):
        decide(moderator, case, outcome="no_breach", facts=case.rule.statement_template)

        assert "found no breach" in Decision.objects.get().facts

    @pytest.mark.parametrize(
        ("answers", "field"),
        [
            pytest.param({"facts": ""}, "facts", id="no facts"),
            pytest.param({"rule": ""}, "rule", id="no rule"),
            pytest.param({"outcome": ""}, "outcome", id="no outcome"),
            pytest.param({"outcome": "mask"}, "passages", id="nothing marked"),
            pytest.param({"outcome": "mask", "passages": "not there"}, "passages", id="not in it"),
            pytest.param({"outcome": "mask", "spans": '[["text",0,9999]]'}, "spans", id="outside"),
            pytest.param({"outcome": "suspend"}, "days", id="no end"),
        ],
    )
    def test_incomplete_form_comes_back(self, case, moderator, decide, answers, field):
        answer = decide(moderator, case, **answers)

        assert answer.status_code == 422
        assert field in answer.context["form"].errors
        assert again(case).is_open

    def test_31_days_are_too_long_for_the_time_being(self, case, moderator, decide):
        answer = decide(moderator, case, outcome="temporary", days=31)

        assert answer.status_code == 409
        assert "at most 30 days" in answer.content.decode()

    def test_passage_is_masked_wherever_it_stands(self, case, idea, moderator, decide):
        decide(moderator, case, outcome="mask", passages="sit down")

        assert "sit down" not in again(idea).description

    def test_text_that_changed_meanwhile_is_not_masked(self, case, idea, moderator, visit, client):
        form = visit(moderator, page_of(case)).context["form"]
        data = values_of(form)
        data |= {"outcome": "mask", "facts": FACTS, "spans": '[["text", 0, 4]]'}

        answer = client.post(page_of(case), {**data, "seen_digest": "0" * 64})

        assert answer.status_code == 409
        assert "changed meanwhile" in answer.content.decode()

    def test_who_comes_second_reads_what_was_decided_and_keeps_the_words(
        self, case, moderator, second_moderator, visit, client
    ):
        form = visit(moderator, page_of(case)).context["form"]
        data = values_of(form)
        rule = case.rule
        DecideCase(case, by=second_moderator, outcome="hide", rule=rule, facts=FACTS).execute()

        answer = client.post(page_of(case), {**data, "outcome": "warn", "facts": "My own words."})

        html = answer.content.decode()
        assert answer.status_code == 409
        assert "My own words." in html
        assert "Somebody else decided" in html
        assert Decision.objects.count() == 1

    def test_author_is_previewed_what_the_author_will_read(self, case, moderator, decide):
        answer = decide(moderator, case, preview="fragment")

        html = answer.content.decode()
        assert FACTS in html
        assert case.rule.title in html
        assert not Decision.objects.exists()

    def test_words_of_another_rule_are_filled_in_without_scripts(
        self, case, moderator, decide, rules
    ):
        other = rules("privacy")

        answer = decide(moderator, case, rule=str(other.translation_key), fill="1")

        assert answer.context["form"]["facts"].value() == other.statement_template

    def test_decision_is_corrected_within_minutes(self, decided, moderator, visit, client):
        address = f"{page_of(decided.case)}?do=correct"
        form = visit(moderator, address).context["form"]
        assert form["facts"].value() == FACTS
        data = values_of(form)

        client.post(address, {**data, "outcome": "no_breach", "facts": ""})

        assert decided.corrections.get().outcome == "no_breach"
        assert again(decided.case.contribution).is_public

    def test_colleague_is_offered_to_lift_and_not_to_correct(
        self, decided, second_moderator, visit, client
    ):
        ways = visit(second_moderator, page_of(decided.case)).context["ways_on"]
        address = f"{page_of(decided.case)}?do=lift"
        form = visit(second_moderator, address).context["form"]
        data = values_of(form)

        client.post(address, {**data, "facts": "It was a quotation, as the author said."})

        assert ways == ["lift"]
        assert again(decided.case.contribution).is_public

    def test_findings_are_said_in_words_and_shown_in_the_text(self, case, moderator, visit):
        Finding.objects.create(
            case=case,
            check_key="capitals",
            verdict="mark",
            code="all-capitals",
            explanation={"capitals": 30, "letters": 40},
            spans=[["text", 0, 6]],
            at=timezone.now(),
        )

        html = visit(moderator, page_of(case)).content.decode()

        assert "30 of 40 letters are capitals." in html
        assert "<mark>People</mark>" in html

    def test_images_are_blurred_until_opened(
        self, notes, forum, author, open_case, moderator, visit
    ):
        with transaction.atomic():
            note = ledger.receive(
                "note",
                process=forum.process,
                author=Participant.objects.of(author),
                title="A picture",
                text="See below.",
                language="en",
            )
        notes.pin(note, "A picture", "See below.")
        notes.context = lambda contribution: {"images": [{"url": "/x.png", "alt": "A bench"}]}

        html = visit(moderator, page_of(open_case(note))).content.decode()

        assert 'class="civic-blurred"' in html
        assert "Show this image clearly" in html

    @pytest.mark.parametrize("contact", ["Hana Seo, 120", ""])
    def test_emergency_says_whom_to_call(self, case, moderator, visit, contact):
        Case.objects.update(is_emergency=True)
        ForumModeration.objects.update_or_create(
            process=case.process, defaults={"contact": contact}
        )

        html = visit(moderator, page_of(case)).content.decode()

        assert (contact or "No contact is named") in html

    def test_earlier_and_similar_cases_show_their_outcome(
        self, decided, open_case, propose, author, newcomer, moderator, visit
    ):
        own = open_case(propose(author, "Another idea"))
        other = open_case(propose(newcomer, "An idea by somebody else"))

        assert visit(moderator, page_of(own)).context["earlier"][0].decision == decided
        assert visit(moderator, page_of(other)).context["similar"][0].decision == decided

    def test_case_about_a_person_is_decided(self, report, author, moderator, decide):
        case = report(Participant.objects.of(author)).case

        answer = decide(moderator, case, outcome="warn")

        assert answer.status_code == 302
        assert Decision.objects.get().outcome == "warn"

    def test_of_a_person_moderators_read_what_was_reported_in_their_places(
        self, report, author, idea, other_forum, foreign_moderator, second_reporter, propose, visit
    ):
        person = Participant.objects.of(author)
        propose(author, "An idea for the library", forum=other_forum)
        here = report(person, process=idea.process, text="Here it was said.")
        report(person, by=second_reporter, process=other_forum.process, text="There it was said.")

        page = visit(foreign_moderator, page_of(here.case))

        assert [row["report"].text for row in page.context["reports"]] == ["There it was said."]
        assert "Here it was said." not in page.content.decode()

    def test_only_places_of_ones_own_are_offered_to_move_to(
        self, case, moderator, foreign_moderator, other_forum, visit
    ):
        def offered():
            form = visit(moderator, page_of(case)).context["form"]
            return [value for value, _name in form.fields["target"].choices if value]

        assert offered() == []
        RoleAssignment.objects.create(
            group=moderator.groups.get(), page=other_forum, role="moderator"
        )
        assert offered() == [str(other_forum.process.uuid)]

    def test_script_in_a_rule_and_a_text_is_text(self, case, idea, moderator, visit, rules):
        rule = rules("respect")
        rule.title = "<script>alert(1)</script>"
        rule.save()

        html = visit(moderator, page_of(case)).content.decode()

        assert "<script>alert(1)</script>" not in html
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
