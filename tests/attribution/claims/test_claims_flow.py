"""From filing to the last word: what happens, what is refused, what changes."""

import pytest
from django.db import IntegrityError, transaction

from civic_sourcing.attribution import claims
from civic_sourcing.attribution.actions.claim_decisions import (
    AcceptDecision,
    DecideClaim,
)
from civic_sourcing.attribution.actions.claims import (
    AnswerClaim,
    FileClaim,
    WithdrawClaim,
)
from civic_sourcing.attribution.claims import signals
from civic_sourcing.attribution.claims.conf import conf
from civic_sourcing.attribution.models import (
    Claim,
    ClaimDecision,
    Contribution,
    Credit,
    CreditState,
    Role,
    State,
)
from civic_sourcing.core import audit
from civic_sourcing.core.audit import AuditEntry, Reason
from civic_sourcing.core.exceptions import ActionForbidden, ActionRefused
from civic_sourcing.core.uploads import Kind, Received

from .conftest import REASONS, accept, again, close, credit, end_hearing, let_time_pass

pytestmark = pytest.mark.django_db


def test_a_claim_is_filed_and_the_author_has_two_weeks(claim, author):
    assert claim.state == "filed"
    assert (claim.due_at - claim.filed_at).days == 14
    assert [person.user for person in claim.respondents.all()] == [author]


def test_where_nobody_can_answer_a_steward_decides_at_once(receive, file_claim):
    unsigned = receive(by=None)

    assert file_claim(to=unsigned).state == "heard"


def test_evidence_is_kept_beside_the_grounds(file_claim, receive, claimant, contribution):
    earlier = receive("My bench", by=claimant)
    file = Received(b"%PDF-1.4 %%EOF", Kind.PDF, "plan.pdf")

    claim = file_claim(evidence="In the newsletter of May.", linked=earlier, file=file)

    grounds = claim.statements.get()
    assert grounds.evidence == "In the newsletter of May."
    assert (grounds.linked, grounds.files.get().name) == (earlier, "plan.pdf")


def test_a_later_text_as_evidence_has_to_be_explained(file_claim, receive, claimant, contribution):
    later = receive("My bench", by=claimant)

    with pytest.raises(ActionRefused, match="handed in later") as refused:
        file_claim(linked=later)

    assert refused.value.code == "link-later"
    assert file_claim(linked=later, evidence="It was on my web site before.").pk


def test_a_hidden_text_is_no_evidence(file_claim, receive, claimant, contribution):
    hidden = receive("My bench", by=claimant)
    Contribution.objects.filter(pk=hidden.pk).update(state=State.HIDDEN)

    with pytest.raises(ActionRefused) as refused:
        file_claim(linked=Contribution.objects.get(pk=hidden.pk))

    assert refused.value.code == "link-not-public"


class TestDecision:
    def test_waits_for_an_appeal_before_anything_changes(self, heard, decide, contribution):
        decide(heard, outcome="transferred")

        assert again(heard).state == "decided"
        assert author_now(contribution) == author_now(heard.contribution)
        assert (again(heard).due_at - clock_of(heard)).days == 30

    def test_without_an_answer_in_time(self, claim, decide):
        decide(let_time_pass(claim))

        assert again(claim).state == "decided"

    def test_is_final_when_nobody_appeals(self, final):
        assert (final.state, final.due_at) == ("final", None)

    def test_is_final_when_everybody_accepts(self, decided, claimant, author):
        half = accept(decided, claimant)
        whole = accept(half, author)

        assert (half.state, whole.state) == ("decided", "final")

    def test_is_final_at_once_where_there_is_no_time_to_appeal(self, heard, decide, settings):
        settings.CIVIC_SOURCING = {"CLAIM_APPEAL_DAYS": 0}

        decide(heard)

        assert again(heard).state == "final"

    @pytest.mark.parametrize(
        ("second", "verdict"),
        [
            pytest.param({"outcome": "refused"}, "upheld", id="upheld"),
            pytest.param({"outcome": "shared", "share": 5000}, "reversed", id="reversed"),
        ],
    )
    def test_on_the_appeal_is_final(self, reheard, decide, second_steward, second, verdict):
        decision = decide(reheard, by=second_steward, **second)

        assert again(reheard).state == "final"
        assert decision.verdict == verdict

    def test_on_the_appeal_without_a_reply_in_time(self, appealed, decide, second_steward):
        decide(end_hearing(appealed), by=second_steward)

        assert again(appealed).state == "final"

    def test_is_never_changed_afterwards(self, decided):
        with pytest.raises(IntegrityError, match="blanked"), transaction.atomic():
            ClaimDecision.objects.update(outcome="transferred")

    def test_of_an_appeal_cannot_come_from_a_form_for_the_first(
        self, reheard, decide, second_steward
    ):
        with pytest.raises(ActionRefused, match="has already decided this") as refused:
            decide(reheard, by=second_steward, number=1)

        assert refused.value.code == "already-decided"


class TestOutcome:
    def outcome(self, claim, decide, **terms):
        decide(claim, **terms)
        return close(claim)

    def test_added_credits_the_claimant(self, heard, decide, claimant):
        self.outcome(heard, decide, outcome="added", role=Role.IMPROVER)

        credit = Credit.objects.get(participant__user=claimant)
        assert (credit.role, credit.state) == ("improver", CreditState.CREDITED)

    def test_shared_makes_the_claimant_co_author_with_that_share(
        self, heard, decide, claimant, author
    ):
        self.outcome(heard, decide, outcome="shared", share=4000)

        assert shares() == {author.pk: 6000, claimant.pk: 4000}

    def test_shared_leaves_the_others_their_proportions(
        self, contribution, author, claimant, make_person, file_claim, decide
    ):
        friend = make_person("friend")
        credit(contribution, author, Role.ORIGINATOR, share=7500)
        credit(contribution, friend, Role.CO_AUTHOR, share=2500)
        claim = end_hearing(file_claim())

        self.outcome(claim, decide, outcome="shared", share=2000)

        assert shares() == {author.pk: 6000, friend.pk: 2000, claimant.pk: 2000}

    def test_transferred_makes_the_claimant_the_author(self, heard, decide, claimant):
        self.outcome(heard, decide, outcome="transferred")

        assert author_now(heard.contribution) == claimant

    def test_transferred_hands_over_the_share(
        self, contribution, author, claimant, make_person, file_claim, decide
    ):
        friend = make_person("friend")
        credit(contribution, author, Role.ORIGINATOR, share=7500)
        credit(contribution, friend, Role.CO_AUTHOR, share=2500)
        claim = end_hearing(file_claim())

        self.outcome(claim, decide, outcome="transferred")

        assert shares() == {claimant.pk: 7500, friend.pk: 2500}

    def test_refused_changes_nothing(self, final, author):
        assert not Credit.objects.exists()
        assert author_now(final.contribution) == author


class TestFreezing:
    def test_awards_wait_from_filing_to_the_last_word(
        self, contribution, file_claim, answer, decide, steward
    ):
        said = [claims.is_frozen(contribution)]
        claim = file_claim()
        said.append(claims.is_frozen(contribution))
        answer(claim)
        decide(claim)
        said.append(claims.is_frozen(contribution))
        close(again(claim))
        said.append(claims.is_frozen(contribution))

        assert said == [False, True, True, False]

    def test_taking_the_claim_back_lifts_it(self, claim, claimant):
        WithdrawClaim(claim, by=claimant).execute()

        assert not claims.is_frozen(claim.contribution)

    @pytest.mark.django_db(transaction=True)
    def test_a_room_above_hears_of_it(
        self, contribution, file_claim, answer, decide, steward, notes
    ):
        jury = Jury()

        claim = file_claim()
        answer(claim)
        decide(claim)
        close(again(claim))

        assert jury.heard == ["frozen", "decided", "released"]


class Jury:
    """A room above that gives awards: it hears when to stop and when to go on."""

    def __init__(self):
        self.heard = []
        signals.claim_filed.connect(self.freeze)
        signals.claim_decided.connect(self.note)
        signals.claim_closed.connect(self.release)

    def freeze(self, *, result, **kwargs):
        assert isinstance(result, Claim)
        self.heard.append("frozen")

    def note(self, **kwargs):
        self.heard.append("decided")

    def release(self, *, subject, **kwargs):
        assert not claims.is_frozen(subject.contribution)
        self.heard.append("released")


class TestAudit:
    def test_every_step_is_in_the_log_of_the_process(self, final, process):
        actions = AuditEntry.objects.of_chain(process.uuid).values_list("action", flat=True)

        assert list(actions) == [
            "civic_attribution.file_claim",
            "civic_attribution.answer_claim",
            "civic_attribution.decide_claim",
            "civic_attribution.close_claim",
        ]
        assert not any(report.found for report in audit.verify())

    def test_no_entry_names_the_contribution_or_says_what_was_said(self, reheard, process):
        entries = AuditEntry.objects.of_chain(process.uuid)
        written = " ".join(f"{e.subject_id} {e.details} {e.reason_reference}" for e in entries)

        assert str(reheard.contribution.uuid) not in written
        assert "bench" not in written.lower()

    def test_the_digest_of_the_reasons_is_logged(self, decided):
        decision = decided.decision
        entry = AuditEntry.objects.get(action="civic_attribution.decide_claim")

        reason = Reason(entry.reason_reference, entry.reason_digest)
        assert reason.matches(REASONS, salt=bytes.fromhex(decision.salt))
        assert entry.reason_reference.endswith(decision.uuid.hex)


def test_a_party_or_stranger_cannot_decide(heard, claimant, stranger, make_steward):
    for user in (claimant, stranger):
        with pytest.raises(ActionForbidden):
            DecideClaim(heard, by=user, outcome="refused", reasons=REASONS).execute()


def test_settings_that_cannot_work_are_named(settings):
    settings.CIVIC_SOURCING = {"CLAIM_ANSWER_DAYS": 0, "CLAIM_TEXT_LENGTH": 10}

    assert len(list(conf.contradictions())) == 2


def test_the_same_form_sent_twice_files_one_claim(contribution, claimant):
    first, second = (
        FileClaim(contribution, by=claimant, text="Mine.", idempotency_key="k").execute()
        for _ in "ab"
    )

    assert first == second


def test_accepting_twice_is_refused(decided, claimant):
    accept(decided, claimant)

    with pytest.raises(ActionRefused, match="already accepted"):
        AcceptDecision(decided, by=claimant).execute()


def test_a_co_author_is_heard_too(contribution, make_person, file_claim, answer):
    friend = make_person("friend")
    credit(contribution, friend, Role.CO_AUTHOR)

    claim = file_claim()
    AnswerClaim(claim, by=friend, text="We wrote it together.").execute()

    assert claim.respondents.count() == 2
    assert again(claim).state == "heard"


def shares():
    rows = Credit.objects.exclude(share=None)
    return {row.participant.user_id: row.share for row in rows}


def author_now(contribution):
    return Contribution.objects.get(pk=contribution.pk).author.user


def clock_of(claim):
    return ClaimDecision.objects.get(claim=claim).decided_at
