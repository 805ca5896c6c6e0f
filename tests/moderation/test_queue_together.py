"""Several cases decided together, appeals and second opinions in the admin."""

import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from civic_sourcing.moderation.actions import DecideCase, FileAppeal
from civic_sourcing.moderation.models import Decision, SecondOpinion

from .queue_desk import (  # noqa: F401
    BULK,
    FACTS,
    INDEX,
    again,
    cases_scene,
    decided_scene,
    values_of,
    visit_scene,
)


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
