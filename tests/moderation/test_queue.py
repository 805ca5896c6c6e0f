"""The queue in the admin: who sees which cases, views, leases, decisions alone and together."""

import uuid
from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.users.models import UserProfile

from civic_sourcing.attribution import ledger
from civic_sourcing.core import clock
from civic_sourcing.core.audit import AuditEntry
from civic_sourcing.core.exceptions import ActionForbidden, ActionRefused
from civic_sourcing.moderation.actions import (
    AssignCase,
    DecideCase,
    FileAppeal,
    HandOverCase,
    ReleaseCase,
    TakeCase,
)
from civic_sourcing.moderation.models import (
    Case,
    CaseLease,
    Decision,
    Finding,
    ForumModeration,
    SavedView,
    SecondOpinion,
)
from civic_sourcing.moderation.places import cases_for
from civic_sourcing.moderation.queue.leases import renew_lease, take_lease
from civic_sourcing.moderation.queue.reach import seen_by
from civic_sourcing.participants.models import Participant
from civic_sourcing.processes.models import RoleAssignment

INDEX = reverse("civic_moderation_admin:index")
RESULTS = reverse("civic_moderation_admin:index_results")
BULK = reverse("civic_moderation_admin:bulk")
NEXT = reverse("civic_moderation_admin:next")
HAND_OVER = reverse("civic_moderation_admin:hand_over")
FACTS = "The text calls a neighbour a fool in front of everybody."
MOST_QUERIES = 20


def page_of(case, step="case"):
    return reverse(f"civic_moderation_admin:{step}", args=[case.uuid])


def values_of(form):
    """What the form would send if nothing was changed."""
    values = {name: form[name].value() for name in form.fields}
    return {name: "" if value is None else value for name, value in values.items()}


def again(row):
    return type(row).objects.get(pk=row.pk)


@pytest.fixture
def visit(client):
    def get(user, address, **query):
        client.force_login(user)
        answer = client.get(address, query)
        is_missing = answer.get("Location") == f"/en{address}"
        return client.get(answer["Location"]) if is_missing else answer

    return get


@pytest.fixture
def decide(client, visit):
    """Fill in the form of a case as ``user`` sees it, and send it."""

    def send(user, case, **answers):
        form = visit(user, page_of(case)).context["form"]
        data = values_of(form)
        data |= {"outcome": "hide", "facts": FACTS, **answers}
        return client.post(page_of(case), data)

    return send


@pytest.fixture
def demote():
    return lambda user: RoleAssignment.objects.filter(group__user=user).delete()


@pytest.fixture
def cases(propose, author, open_case):
    """Three cases about ideas of the same author, the first the most urgent."""
    return [open_case(propose(author, f"Idea {number}")) for number in range(3)]


@pytest.fixture
def decided(case, moderator):
    rule = case.rule
    return DecideCase(case, by=moderator, outcome="hide", rule=rule, facts=FACTS).execute()


class TestRights:
    def test_moderator_of_the_place_sees_the_case(self, case, moderator, visit):
        assert "Benches by the river" in visit(moderator, INDEX).content.decode()
        assert visit(moderator, page_of(case)).status_code == 200

    def test_moderator_of_another_forum_gets_404(self, case, foreign_moderator, visit, client):
        assert "Benches by the river" not in visit(foreign_moderator, INDEX).content.decode()
        assert visit(foreign_moderator, page_of(case)).status_code == 404
        for step in ("take", "release", "assign", "lease", "take_lease"):
            answer = client.post(page_of(case, step))
            assert answer.status_code in (302, 404)
            assert answer.get("Location", "/en/").startswith("/en/")
        assert not CaseLease.objects.exists()

    def test_demoted_moderator_gets_403_at_once_and_keeps_the_words(
        self, case, moderator, visit, client, demote
    ):
        visit(moderator, page_of(case))
        demote(moderator)

        answer = client.post(page_of(case), {"outcome": "hide", "facts": FACTS})

        assert answer.status_code == 403
        assert FACTS in answer.content.decode()
        assert again(case).is_open

    @pytest.mark.parametrize(
        "role", ["moderator", "foreign_moderator", "administrator", "reporter"]
    )
    def test_queue_sees_exactly_what_the_door_to_cases_lets_through(
        self, case, report, author, role, request
    ):
        report(Participant.objects.of(author))
        user = request.getfixturevalue(role)

        assert set(seen_by(user)) == set(cases_for(user))

    @pytest.mark.parametrize("name", ["appeals", "opinions", "hand_over", "bulk", "next"])
    def test_no_screen_opens_for_others(self, name, moderator, visit, demote):
        demote(moderator)

        answer = visit(moderator, reverse(f"civic_moderation_admin:{name}"))

        assert answer.status_code == 403

    @pytest.mark.parametrize("is_demoted", [False, True])
    def test_menu_shows_what_waits_to_moderators_only(
        self, case, moderator, visit, demote, is_demoted
    ):
        if is_demoted:
            demote(moderator)

        home = visit(moderator, reverse("wagtailadmin_home")).content.decode()

        assert ("Cases (1)" in home) is not is_demoted

    def test_overdue_cases_show_in_the_menu(self, case, moderator, visit):
        Case.objects.update(due_at=timezone.now() - timedelta(hours=1))

        home = visit(moderator, reverse("wagtailadmin_home")).content.decode()

        assert "Cases (1, 1 late)" in home

    def test_own_text_is_read_and_not_decided(self, case, author, moderator, visit, client):
        author.groups.add(moderator.groups.get())

        answer = visit(author, page_of(case))

        assert answer.context["form"] is None
        assert "something of yours" in answer.content.decode()
        assert client.post(page_of(case), {"outcome": "hide"}).status_code == 403

    @pytest.mark.parametrize("has_right", [True, False])
    def test_names_of_reporters_need_the_right(self, case, reporter, moderator, visit, has_right):
        if has_right:
            right = Permission.objects.get(codename="view_reporters")
            moderator.user_permissions.add(right)

        html = visit(moderator, page_of(case)).content.decode()

        name = Participant.objects.of(reporter).public_name
        assert (f"{name} ·" in html) is has_right

    @pytest.mark.parametrize("address", [lambda case: INDEX, page_of], ids=["list", "page"])
    def test_no_e_mail_address_is_shown(self, case, moderator, second_moderator, visit, address):
        TakeCase(case, by=second_moderator).execute()

        assert "@example.org" not in visit(moderator, address(case)).content.decode()


class TestList:
    def test_emergencies_come_first_then_what_is_due(self, cases, moderator, visit):
        Case.objects.filter(pk=cases[2].pk).update(is_emergency=True)
        Case.objects.filter(pk=cases[1].pk).update(due_at=timezone.now())

        rows = visit(moderator, INDEX).context["object_list"]

        assert [row.pk for row in rows] == [cases[2].pk, cases[1].pk, cases[0].pk]

    @pytest.mark.parametrize(
        ("query", "found"),
        [
            pytest.param({}, {0, 1}, id="open ones"),
            pytest.param({"state": "decided"}, {2}, id="decided"),
            pytest.param({"state": "all"}, {0, 1, 2}, id="all"),
            pytest.param({"urgency": ["emergency"]}, {0}, id="emergency"),
            pytest.param({"urgency": ["overdue", "emergency"]}, {0, 1}, id="either"),
            pytest.param({"urgency": ["held"]}, set(), id="before publication"),
            pytest.param({"assigned": ["mine"]}, {0}, id="mine"),
            pytest.param({"assigned": ["nobody"]}, {1}, id="nobody's"),
            pytest.param({"assigned": ["others"]}, set(), id="others'"),
            pytest.param({"reporters": 2}, {1}, id="reporters"),
            pytest.param({"kind": ["idea"]}, {0, 1}, id="kind"),
            pytest.param({"kind": ["participant"]}, set(), id="people"),
            pytest.param({"language": ["ko"]}, {1}, id="language"),
            pytest.param({"q": "idea 1"}, {1}, id="words of the title"),
            pytest.param({"q": "sit down"}, {0, 1}, id="words of the text"),
            pytest.param({"q": "nowhere"}, set(), id="no such words"),
        ],
    )
    def test_list_is_filtered_and_searched(self, cases, moderator, visit, query, found):
        late = timezone.now() - timedelta(hours=1)
        first, second, third = (Case.objects.filter(pk=case.pk) for case in cases)
        first.update(is_emergency=True, assigned_to=moderator, assigned_at=late)
        second.update(due_at=late, reporters=2, language="ko")
        third.update(state="decided", decided_at=late)

        rows = visit(moderator, RESULTS, **query).context["object_list"]

        assert {row.pk for row in rows} == {cases[number].pk for number in found}

    def test_list_is_filtered_by_forum_and_rule(self, case, open_case, idea, moderator, visit):
        rule, forum = str(case.rule.translation_key), str(case.process.uuid)

        assert visit(moderator, RESULTS, rule=rule, forum=forum).context["object_list"]

    def test_queries_do_not_grow_with_cases(self, cases, moderator, client, visit, report):
        visit(moderator, INDEX)
        client.get(INDEX)
        Case.objects.exclude(pk=cases[0].pk).update(state="decided", decided_at=timezone.now())
        with CaptureQueriesContext(connection) as few:
            client.get(INDEX)
        Case.objects.update(state="open", decided_at=None)

        with CaptureQueriesContext(connection) as many:
            client.get(INDEX)

        assert len(few) == len(many) <= MOST_QUERIES

    def test_colleague_at_a_case_is_named(self, case, moderator, second_moderator, visit):
        visit(second_moderator, page_of(case))

        assert "moderator2 is at it" in visit(moderator, INDEX).content.decode()

    def test_view_is_saved_shown_to_its_owner_only_and_deleted(
        self, case, moderator, second_moderator, visit, client
    ):
        visit(moderator, INDEX)
        saving = reverse("civic_moderation_admin:save_view")
        client.post(saving, {"name": "Urgent ones", "query": "urgency=overdue"})

        view = SavedView.objects.get()
        assert "urgency=overdue" in visit(moderator, INDEX).content.decode()
        assert "Urgent ones" not in visit(second_moderator, INDEX).content.decode()
        deleting = reverse("civic_moderation_admin:delete_view", args=[view.pk])
        client.post(deleting)
        assert SavedView.objects.exists()
        client.force_login(moderator)
        client.post(deleting)
        assert not SavedView.objects.exists()

    def test_keys_are_turned_off_and_on(self, case, moderator, visit, client):
        assert "data-civic-keys" in visit(moderator, INDEX).content.decode()

        client.post(reverse("civic_moderation_admin:keys"))

        assert "data-civic-keys" not in client.get(page_of(case)).content.decode()
        assert not UserProfile.objects.get(user=moderator).keyboard_shortcuts


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

    def test_script_in_a_rule_and_a_text_is_text(self, case, idea, moderator, visit, rules):
        rule = rules("respect")
        rule.title = "<script>alert(1)</script>"
        rule.save()

        html = visit(moderator, page_of(case)).content.decode()

        assert "<script>alert(1)</script>" not in html
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html


class TestTogether:
    @pytest.fixture
    def send(self, visit, client):
        def send(user, cases, **answers):
            keys = [str(case.uuid) for case in cases]
            form = visit(user, BULK, case=keys).context["form"]
            data = values_of(form)
            rule = str(cases[0].rule.translation_key)
            data |= {"outcome": "hide", "rule": rule, "facts": FACTS, "case": keys, **answers}
            return client.post(BULK, data)

        return send

    def test_every_subject_gets_its_own_decision_and_notice(self, cases, moderator, send):
        answer = send(moderator, cases)

        assert answer["Location"] == INDEX
        assert Decision.objects.count() == len({row.case for row in Decision.objects.all()}) == 3
        assert len({row.uuid for row in Decision.objects.all()}) == 3

    def test_what_could_not_be_decided_is_named(
        self, cases, moderator, second_moderator, send, client
    ):
        rule = cases[0].rule
        DecideCase(cases[0], by=second_moderator, outcome="hide", rule=rule, facts=FACTS).execute()

        answer = send(moderator, cases)

        assert answer.status_code == 409
        assert [each.case for each, _sentence in answer.context["refused"]] == [cases[0]]
        assert Decision.objects.count() == 3

    def test_statement_is_needed(self, cases, moderator, send):
        assert send(moderator, cases, facts="").status_code == 422
        assert not Decision.objects.exists()

    def test_cases_elsewhere_are_left_out(
        self, cases, moderator, other_forum, propose, author, open_case, send
    ):
        elsewhere = open_case(propose(author, "A book", forum=other_forum))

        send(moderator, [*cases, elsewhere])

        assert again(elsewhere).is_open
        assert Decision.objects.count() == 3

    def test_same_form_sent_twice_decides_once(self, cases, moderator, visit, client):
        keys = [str(case.uuid) for case in cases]
        form = visit(moderator, BULK, case=keys).context["form"]
        data = values_of(form)
        rule = str(cases[0].rule.translation_key)
        data |= {"outcome": "hide", "rule": rule, "facts": FACTS, "case": keys}

        client.post(BULK, data)
        answer = client.post(BULK, data)

        assert answer.status_code == 302
        assert Decision.objects.count() == 3


class TestSecondLooks:
    @pytest.fixture
    def appeal(self, decided, author):
        return FileAppeal(decided, by=author, text="It was a quotation.").execute()

    def page(self, appeal):
        return reverse("civic_moderation_admin:appeal", args=[appeal.uuid])

    def test_appeal_is_decided_by_somebody_else(
        self, appeal, moderator, second_moderator, visit, client
    ):
        assert visit(moderator, self.page(appeal)).context["form"] is None
        form = visit(second_moderator, self.page(appeal)).context["form"]
        data = values_of(form)

        reasons = "The sentence is a quotation and marked as one."
        client.post(self.page(appeal), {**data, "appeal_outcome": "reversed", "reasons": reasons})

        assert again(appeal).outcome == "reversed"
        assert again(appeal.decision.case.contribution).is_public

    def test_changed_decision_needs_everything_a_decision_needs(
        self, appeal, second_moderator, visit, client
    ):
        form = visit(second_moderator, self.page(appeal)).context["form"]
        data = values_of(form)
        data |= {"appeal_outcome": "changed", "reasons": "A warning is enough in this case."}

        assert client.post(self.page(appeal), data).status_code == 422
        client.post(self.page(appeal), {**data, "outcome": "warn", "facts": FACTS})

        assert again(appeal).outcome == "changed"

    def test_appeal_elsewhere_is_not_found(self, appeal, foreign_moderator, visit):
        assert visit(foreign_moderator, self.page(appeal)).status_code == 404
        listed = visit(foreign_moderator, reverse("civic_moderation_admin:appeals"))
        assert listed.context["waiting"] == []

    def test_second_opinion_is_blind(self, decided, moderator, second_moderator, visit, client):
        opinion = SecondOpinion.objects.create(decision=decided, asked_at=timezone.now())
        address = reverse("civic_moderation_admin:opinion", args=[opinion.pk])

        html = visit(second_moderator, address).content.decode()
        assert FACTS not in html
        assert "Hidden" not in html
        rule = str(decided.rule.translation_key)
        client.post(address, {"request_key": str(uuid.uuid4()), "outcome": "hide", "rule": rule})

        assert again(opinion).agrees is True
        assert visit(moderator, address).status_code == 404
