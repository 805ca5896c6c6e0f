"""The manager's screens of results: the whole way of two people, refusals, and who sees them."""

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from civic_sourcing.answers.actions import Adopt
from civic_sourcing.attribution.actions.claims import WithdrawClaim
from civic_sourcing.challenges.awards.actions import AcceptAward, DeclineAward
from civic_sourcing.challenges.models import Award, ChallengePage, Decision, Instalment, Ranking
from civic_sourcing.challenges.results_desk.shown import raw_places, why_uncorrected
from tests.challenges.awards.conftest import backdate
from tests.challenges.contests import (
    OVER,
    confirm,
    finalise,
    propose,
    winners,
)
from tests.challenges.results.test_deciding import claim_to

from .conftest import DESK, rows_of

pytestmark = pytest.mark.django_db


def test_two_people_bring_it_from_sheets_to_a_paid_award(
    client, as_, manager, steward, captain, final
):
    award = Award.objects.get(placement__place=1)
    plan = {
        "plan-TOTAL_FORMS": 3,
        "plan-INITIAL_FORMS": 0,
        "plan-0-milestone": "A prototype",
        "plan-0-amount": "400",
        "plan-1-milestone": "It stands",
        "plan-1-amount": "600",
    }

    assert award.amount == 100_000
    assert Decision.objects.get().confirmed_by != Decision.objects.get().proposed_by
    AcceptAward(award, by=captain).execute()
    assert as_(manager, final, "papers").status_code == 302
    assert as_(manager, final, "plan", **plan).status_code == 302
    for part in Instalment.objects.all():
        key = str(part.uuid)
        as_(manager, final, f"reach:{key}")
        assert as_(manager, final, f"pay:{key}").status_code == 409
        said = {f"pay-{key}-reference": "R-7"}
        assert as_(steward, final, f"pay:{key}", **said).status_code == 302
    as_(manager, final, "carried_out", **{"carried_out-carried_out": "no"})
    award.refresh_from_db()
    shown = client.get(final).content.decode()
    ledger = client.get(reverse(f"{DESK}:index", args=[award.process.uuid])).content.decode()

    assert ledger_of_money(client, award) == ("€6,000", "€6,000", "€1,000")
    assert (award.state, award.is_carried_out) == ("final", False)
    assert award.rights_back_on is not None
    assert "R-7" in shown
    assert "not carried out: the rights go back" in shown
    assert "€1,000" in ledger


def ledger_of_money(client, award):
    """All prize money: what there is, what is awarded, what is paid."""
    shown = client.get(reverse(f"{DESK}:index", args=[award.process.uuid]))
    sums = shown.context["budget"]
    return sums["amount"], sums["given"], sums["paid"]


def test_cancelling_takes_two_people_and_a_reason(as_, manager, steward, final):
    reason = {"propose_cancel-reason": "It was copied."}

    none = as_(manager, final, "propose_cancel")
    early = as_(steward, final, "cancel")
    as_(manager, final, "propose_cancel", **reason)
    same = as_(manager, final, "cancel")
    other = as_(steward, final, "cancel")

    assert [none.status_code, early.status_code, same.status_code] == [409, 409, 409]
    assert "Nobody has proposed this yet" in early.content.decode()
    assert other.status_code == 302
    assert Award.objects.get(placement__place=1).cancelled_reason == "It was copied."


def test_what_is_refused_says_why_and_loses_nothing(as_, manager, phase, ranked, in_office):
    prize = in_office.prizes.get(place=None)
    turned = rows_of(in_office, 2, 1, prize=prize) | {"ranking": ranked.uuid}

    deviates = as_(manager, phase, "propose", **turned)
    wrong = as_(manager, phase, "propose", **turned | rows_of(in_office, "x", 1), reason="Mine.")
    unplaced = {**turned, f"{in_office.entries.first().uuid}-place": ""}
    without = as_(manager, phase, "propose", **unplaced)
    both = as_(manager, phase, "propose", **turned, no_award="on", reason="None is safe.")

    assert deviates.status_code == 409
    assert "This is not what the ranking says" in deviates.content.decode()
    assert 'value="1,000"' in deviates.content.decode()
    assert wrong.status_code == without.status_code == 422
    assert "Mine." in wrong.content.decode()
    assert "Whoever wins something has a place" in without.content.decode()
    assert both.status_code == 409
    assert "None is safe." in both.content.decode()
    assert not Decision.objects.exists()
    assert as_(manager, phase, "propose", **turned, reason="Safer.").status_code == 302
    assert Decision.objects.get().deviates


def test_nobody_wins_with_a_reason_and_it_is_taken_back(
    client, as_, manager, steward, phase, ranked, in_office
):
    empty = rows_of(in_office, "", "") | {"ranking": ranked.uuid, "no_award": "on"}

    assert as_(manager, phase, "propose", **empty).status_code == 409
    as_(manager, phase, "propose", **empty, reason="None is safe.")
    decision = Decision.objects.get()
    same = as_(manager, phase, "confirm", decision=decision.uuid)
    as_(manager, phase, "withdraw", decision=decision.uuid)
    shown = client.get(phase).content.decode()

    assert "Somebody else has to confirm" in same.content.decode()
    assert Decision.objects.get().withdrawn_at is not None
    assert "Propose as ranked" in shown


def test_while_everybody_can_object_nothing_is_final(as_, manager, steward, phase, ranked):
    as_(manager, phase, "propose_ranked", ranking=ranked.uuid)
    key = Decision.objects.get().uuid
    as_(steward, phase, "confirm", decision=key)

    early = as_(manager, phase, "finish", decision=key)
    unsaid = as_(manager, phase, "withdraw", decision=key)

    assert (early.status_code, unsaid.status_code) == (409, 409)
    assert "Everybody can still object" in early.content.decode()
    assert "No claim is open." in early.content.decode()


def test_what_belongs_to_another_challenge_is_not_there(
    client, as_, manager, phase, final, make_challenge
):
    other = make_challenge("Other", rounds=OVER).process
    there = reverse(f"{DESK}:phase", args=[other.uuid, 1])
    decision = Decision.objects.get()
    award = Award.objects.get(placement__place=1)

    pressed = [
        as_(manager, there, "confirm", decision=decision.uuid),
        as_(manager, there, "withdraw", decision=decision.uuid),
        as_(manager, there, "propose_ranked", ranking=Ranking.objects.get().uuid),
        as_(manager, final, "reach:no-uuid"),
        as_(manager, phase, "confirm", decision="no-uuid"),
        as_(manager, phase, "no-such-step"),
    ]
    gone = [
        reverse(f"{DESK}:award", args=[other.uuid, award.uuid]),
        reverse(f"{DESK}:phase", args=[other.uuid, 2]),
        f"{phase}?version=9",
    ]

    assert {each.headers["Location"][:10] for each in pressed} == {"/en/admin/"}, "looked for there"
    assert Decision.objects.get().withdrawn_at is None
    assert {status_at(client, url) for url in gone} == {404}


def status_at(client, url):
    """The answer there; what is not there is looked for below the language, too."""
    answer = client.get(url)
    if answer.headers.get("Location", "").startswith("/en/admin/"):
        answer = client.get(answer.headers["Location"])
    return answer.status_code


TABLE = """
          manager  steward  captain  judge  citizen  visitor
index     200      200      404      404    404      302
phase     200      200      404      404    404      302
award     200      200      404      404    404      302
"""
HEAD, *LINES = [line.split() for line in TABLE.strip().splitlines()]


def test_every_screen_is_there_only_for_who_leads_and_stands_apart(
    client, phase, final, in_office, manager, steward, captain, judge, citizen
):
    index = reverse(f"{DESK}:index", args=[in_office.uuid])
    urls = {"index": index, "phase": phase, "award": final}
    users = {"manager": manager, "steward": steward, "captain": captain, "judge": judge}
    users |= {"citizen": citizen, "visitor": None}
    found = []
    for name, *_ in LINES:
        found.append([name])
        for role in HEAD:
            client.logout()
            if users[role]:
                permission = Permission.objects.get(codename="access_admin")
                users[role].user_permissions.add(permission)
                client.force_login(users[role])
            found[-1].append(str(status_at(client, urls[name])))

    assert found == LINES


def test_the_main_screens_ask_few_questions(
    client, manager, phase, final, in_office, django_assert_max_num_queries
):
    client.force_login(manager)
    index = reverse(f"{DESK}:index", args=[in_office.uuid])
    for url in (index, phase, final):
        client.get(url)
        with django_assert_max_num_queries(36):
            assert client.get(url).status_code == 200


def test_the_ways_there_are_on_the_neighbours(client, manager, in_office):
    client.force_login(manager)
    way = reverse(f"{DESK}:index", args=[in_office.uuid])

    panel = client.get(reverse("civic_judging_admin:panel", args=[in_office.uuid]))
    section = client.get(reverse("civic_challenges_desk:judging", args=[in_office.uuid]))

    assert way in panel.content.decode()
    assert way in section.content.decode()


def test_places_by_the_plain_mean_are_shared():
    lines = [("a", 1, "5"), ("b", 2, "7"), ("c", 3, "7/1"), ("d", None, "9")]
    document = {"lines": [dict(zip(("entry", "place", "raw"), line)) for line in lines]}  # noqa: B905

    assert raw_places(document) == {"b": 1, "c": 1, "a": 3}


def test_why_there_is_no_correction_is_told():
    said = {why_uncorrected({"method": "corrected", "fallback": code}) for code in CODES}

    assert len(said) == len(CODES)
    assert why_uncorrected({"method": "corrected", "fallback": ""}) == ""


CODES = ("one-judge", "not-connected", "too-few", "no-difference")


def test_entries_without_a_row_are_named_by_their_number(
    as_, manager, phase, ranked, in_office, monkeypatch
):
    monkeypatch.setattr("civic_sourcing.challenges.results_desk.phase.MOST_ROWS", 1)
    best, other = in_office.entries.order_by("pk")
    typed = {"ranking": ranked.uuid, f"{best.uuid}-place": 2, "reason": "Safer."}

    strange = as_(manager, phase, "propose", **typed, **further(10**8))
    unsaid = as_(manager, phase, "propose", **typed, **further(""))
    as_(manager, phase, "propose", **typed, **further(other.number))

    assert "No entry of this phase has this number" in strange.content.decode()
    assert "Please say which entry you mean" in unsaid.content.decode()
    assert Decision.objects.get().placements.get(place=1).entry == other


def further(number):
    return {"further-0-number": number, "further-0-place": 1}


def test_an_open_claim_keeps_a_decision_from_being_final(
    as_, manager, steward, phase, ranked, in_office, citizen
):
    as_(manager, phase, "propose_ranked", ranking=ranked.uuid)
    as_(steward, phase, "confirm", decision=Decision.objects.get().uuid)
    decision = backdate(Decision.objects.get())
    claim = claim_to(in_office.entries.get(title="Awnings"), citizen)

    held = as_(manager, phase, "finish", decision=decision.uuid)
    WithdrawClaim(claim, by=citizen).execute()
    free = as_(manager, phase, "finish", decision=decision.uuid)

    assert (held.status_code, free.status_code) == (409, 302)
    assert "1 claim is open. It has to be decided first." in held.content.decode()
    assert "Somebody claims what a winner handed in" in held.content.decode()


def test_the_award_leads_to_its_adoption_plan(client, final, manager, administrator):
    award = Award.objects.get(placement__place=1)
    contribution = award.placement.entry.contribution
    way = reverse("civic_answers_admin:contribution", args=[contribution.uuid])
    client.force_login(administrator)
    before = client.get(final).content.decode()

    plan = Adopt(contribution, by=administrator, title="Awnings").execute()

    address = reverse("civic_answers_admin:adoption", args=[plan.uuid])
    after = client.get(final).content.decode()
    client.force_login(manager)
    read_only = client.get(final).content.decode()
    assert (way in before, address in before, address in after) == (True, False, True)
    assert address not in read_only, "who may not adopt only reads that it is adopted"
    assert "The city has adopted it." in read_only


def test_the_next_moves_up_by_two_and_everybody_reads_why(
    client, as_, manager, steward, captain, phase, ranked, in_office
):
    named = winners(in_office.rounds.get(), in_office.entries.get(title="Awnings"))
    proposal = propose(in_office.rounds.get(), named, manager, reason="One prize is enough.")
    award = finalise(backdate(confirm(proposal, steward)))[0]
    final = reverse(f"{DESK}:award", args=[in_office.uuid, award.uuid])
    DeclineAward(award, by=captain).execute()
    page = ChallengePage.objects.get(process=in_office).url + "winners/"
    form = {"move_up-amount": "1,000", "move_up-reason": "The first one declined."}
    key = str(in_office.entries.get(title="Trees").uuid)

    wrong = as_(manager, final, "move_up", **form | {"move_up-amount": "1,001"}, entry=key)
    as_(manager, final, "move_up", **form | {"move_up-entry": key})
    decision = Decision.objects.get(instead_of__isnull=False)
    same = as_(manager, final, "confirm", decision=decision.uuid)
    unread = client.get(page).content.decode()
    as_(steward, final, "confirm", decision=decision.uuid)
    read = client.get(page).content.decode()
    early = as_(steward, final, "finish", decision=decision.uuid)
    backdate(decision := Decision.objects.get(pk=decision.pk))
    as_(steward, final, "finish", decision=decision.uuid)
    moved = Award.objects.get(placement__entry__title="Trees")
    ledger = client.get(reverse(f"{DESK}:index", args=[in_office.uuid])).content.decode()
    there = client.get(reverse(f"{DESK}:award", args=[in_office.uuid, moved.uuid]))

    assert [each.status_code for each in (wrong, same, early)] == [422, 409, 409]
    assert "The first one declined." in wrong.content.decode()
    assert "The first one declined." not in unread
    assert "Moved up after “Awnings”" in read
    assert "The first one declined." in read
    assert "everybody can object until" in read
    assert (moved.amount, moved.placement.place) == (100_000, 1)
    assert "moves up: Final" in ledger
    assert final in there.content.decode()
