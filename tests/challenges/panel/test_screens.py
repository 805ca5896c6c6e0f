"""The screens of judges and managers: who sees which, and what they do."""

from html import unescape

import pytest
from django.contrib.auth.views import redirect_to_login
from django.urls import reverse

from civic_sourcing.challenges.models import Assignment, ChallengeFacts, Judge, ScoreSheet
from civic_sourcing.challenges.panel.actions import DeclareConflict, InviteJudge
from civic_sourcing.challenges.panel.forms import comment_name, points_name
from civic_sourcing.challenges.panel.invitations import new_token, token_digest
from civic_sourcing.participants.models import Participant
from tests.challenges.contests import add_entry, add_judge, assign
from tests.challenges.panel.conftest import CLOSED, DAY, criteria_of, hand_in_document

pytestmark = pytest.mark.django_db

TABLE = """
                judge_own  judge_other  judge_foreign  solver  manager  citizen  visitor
entry           200        404          404            404     404      404      302
file            200        404          404            404     404      404      302
conflict        200        404          404            404     404      404      302
panel           200        404          404            404     404      404      302
step_down       200        404          404            404     404      404      302
desk_panel      404        404          404            404     200      404      302
desk_round      404        404          404            404     200      404      302
"""
HEAD, *LINES = [line.split() for line in TABLE.strip().splitlines()]
CELLS = [
    (line[0], role, int(status))
    for line in LINES
    for role, status in zip(HEAD, line[1:], strict=True)
]


@pytest.fixture
def first(assigned, entries):
    """An assignment of the entry with a file, opened."""
    row = Assignment.objects.filter(entry=entries[0]).order_by("pk").first()
    DeclareConflict(row, by=row.judge.participant.user, conflict=False).execute()
    row.refresh_from_db()
    return row


@pytest.fixture
def people(first, judges, make_challenge, make_citizen, solver, manager, citizen):
    foreign = make_citizen("foreign judge")
    add_judge(
        make_challenge("Other", rounds=((-5 * DAY, -DAY, DAY),)).process.rounds.get(), foreign
    )
    own = first.judge.participant.user
    others = Assignment.objects.filter(entry=first.entry).values("judge__participant__user")
    other = next(user for user in judges if user != own)
    assert others.exists()
    return {
        "judge_own": own,
        "judge_other": other,
        "judge_foreign": foreign,
        "solver": solver,
        "manager": manager,
        "citizen": citizen,
        "visitor": None,
    }


def addresses(row):
    process = row.round.process
    return {
        "entry": reverse("civic_judging:entry", args=[row.uuid]),
        "file": reverse("civic_judging:file", args=[row.uuid, 1]),
        "conflict": reverse("civic_judging:conflict", args=[row.uuid]),
        "panel": reverse("civic_judging:panel", args=[row.judge.uuid]),
        "step_down": reverse("civic_judging:step_down", args=[row.judge.uuid]),
        "desk_panel": reverse("civic_judging_admin:panel", args=[process.uuid]),
        "desk_round": reverse("civic_judging_admin:round", args=[process.uuid, 1]),
    }


def test_every_screen_exists_only_for_those_it_is_for(client, first, people, in_admin):
    """What the admin does not know is looked for among the pages of a language, too."""
    answers = []
    for name, role, _status in CELLS:
        client.logout()
        if people[role]:
            in_admin(people[role])
            client.force_login(people[role])
        got = client.get(addresses(first)[name])
        if got.headers.get("Location", "").startswith("/en/admin/"):
            got = client.get(got.headers["Location"])
        answers.append((name, role, got.status_code))

    assert answers == CELLS


def status_at(client, url):
    """The answer there; what is not there is looked for below the language, too."""
    answer = client.get(url)
    if answer.headers.get("Location") == f"/en{url}":
        return client.get(f"/en{url}").status_code
    return answer.status_code


def sheet(row, step, **points):
    data = {"step": step, "overall": "Good.", "note": ""}
    for criterion in criteria_of(row.round):
        name = criterion.title.split()[0].lower()
        data[points_name(criterion)] = points.get(name, 5)
        data[comment_name(criterion)] = "Because."
    return data


def test_a_judge_declares_saves_and_hands_in(client, assigned, judges, assignments_of):
    row = assignments_of(judges[0])[0]
    url = reverse("civic_judging:entry", args=[row.uuid])
    client.force_login(judges[0])

    closed = client.get(url).content.decode()
    client.post(url, {"conflict": "none"})
    over = client.post(url, sheet(row, "save", effect=21))
    client.post(url, sheet(row, "save", costs=""))
    saved = ScoreSheet.objects.get(assignment=row).completed_at
    client.post(url, sheet(row, "complete"))

    assert "says Mina Solver" not in closed
    assert over.status_code == 422
    assert "At most 20 points" in over.content.decode()
    assert saved is None
    assert ScoreSheet.objects.get(assignment=row).completed_at is not None
    assert "30" in client.get(url).content.decode()


def test_a_conflict_leaves_nothing_to_open(client, assigned, judges, assignments_of):
    row = assignments_of(judges[0])[0]
    url = reverse("civic_judging:entry", args=[row.uuid])
    client.force_login(judges[0])

    without = client.post(url, {"conflict": "conflict"})
    client.post(url, {"conflict": "conflict", "note": "My sister."})

    assert without.status_code == 422
    assert client.get(url).status_code == 404
    assert client.get(reverse("civic_judging:file", args=[row.uuid, 1])).status_code == 404


def test_blind_judging_tells_no_name_by_page_or_file(client, make_challenge, judges, solver):
    page = make_challenge("Blind", rounds=CLOSED, blind=True)
    round_ = page.process.rounds.get()
    entry = add_entry(round_, solver, "Awnings")
    hand_in_document(entry)
    row = assign(add_judge(round_, judges[0]), entry)
    client.force_login(judges[0])

    shown = client.get(reverse("civic_judging:entry", args=[row.uuid]))
    file = client.get(reverse("civic_judging:file", args=[row.uuid, 1]))
    panel = client.get(reverse("civic_judging:panel", args=[row.judge.uuid]))

    told = [shown.content, panel.content, b"".join(file.streaming_content)]
    told += [str(file.headers).encode()]
    assert "█████" in shown.content.decode()
    assert not any(b"mina" in each.lower() for each in told)


def test_a_manager_leads_from_the_desk(client, contest, entries, judges, manager, in_admin):
    in_admin(manager)
    client.force_login(manager)
    url = reverse("civic_judging_admin:round", args=[contest.process.uuid, 1])
    panel = reverse("civic_judging_admin:panel", args=[contest.process.uuid])

    client.post(url, {"step": "assign", "assign-per_entry": 2})
    row = Assignment.objects.order_by("pk").first()
    client.post(url, {"step": f"end:{row.uuid}"})
    client.post(url, {"step": "one", "one-judge": row.judge_id, "one-entry": row.entry_id})
    client.post(url, {"step": "calibrate", "calibrate-entry": entries[2].pk})
    client.post(url, {"step": "remind"})
    client.post(
        panel, {"step": "invite", "invite-who": "expert@example.org", "invite-organisation": "Uni"}
    )
    bad = client.post(panel, {"step": "invite", "invite-who": "nobody-known"})
    shown = client.get(url).content.decode()

    row.refresh_from_db()
    assert row.ended_at is None
    assert Assignment.objects.filter(is_calibration=True).count() == 3
    assert contest.process.judges.filter(reminded_at__isnull=False).count() == 3
    assert contest.process.judges.filter(state="invited").count() == 1
    assert bad.status_code == 422
    assert "Awnings" in shown


def test_before_the_deadline_the_desk_shows_no_entry(
    client, make_challenge, manager, in_admin, solver
):
    page = make_challenge("Sealed", rounds=((-DAY, DAY, 3 * DAY),))
    add_entry(page.process.rounds.get(), solver, "A secret plan")
    in_admin(manager)
    client.force_login(manager)

    shown = client.get(reverse("civic_judging_admin:round", args=[page.process.uuid, 1]))

    assert b"A secret plan" not in shown.content
    assert b"sealed" in shown.content


def test_an_invitation_is_answered_on_its_page(client, contest, manager, neighbour):
    facts = ChallengeFacts.objects.get(process=contest.process)
    person = Participant.objects.of(neighbour)
    judge = InviteJudge(facts, by=manager, participant=person).execute()
    url = reverse("civic_judging:panel", args=[judge.uuid])
    client.force_login(neighbour)

    listed = client.get(reverse("civic_judging:index")).content.decode()
    unpromised = client.post(url, {"step": "accept"})
    client.post(url, {"step": "accept", "promised": "on"})
    left = client.post(reverse("civic_judging:step_down", args=[judge.uuid]))

    assert contest.title in listed
    assert unpromised.status_code == 422
    judge.refresh_from_db()
    assert (judge.alias, judge.state, left.status_code) == ("A", "recused", 302)


def test_a_letter_leads_to_signing_in_and_back(client, contest, manager):
    facts = ChallengeFacts.objects.get(process=contest.process)
    judge = InviteJudge(facts, by=manager, address="judge@example.org").execute()
    token = new_token()
    Judge.objects.filter(pk=judge.pk).update(token_digest=token_digest(token))
    url = reverse("civic_judging:invitation", args=[token])

    page = client.get(url)
    declined = client.post(url, {"step": "decline"})

    assert redirect_to_login(url).url in unescape(page.content.decode())
    assert declined.status_code == 302
    judge.refresh_from_db()
    assert judge.state == "declined"
    assert client.get(url).status_code == 404


@pytest.mark.parametrize("given", ["", "no-uuid", "00000000-0000-4000-8000-000000000000"])
def test_a_press_about_what_is_not_here_finds_nothing(client, contest, manager, in_admin, given):
    in_admin(manager)
    client.force_login(manager)
    panel = reverse("civic_judging_admin:panel", args=[contest.process.uuid])
    round_ = reverse("civic_judging_admin:round", args=[contest.process.uuid, 1])

    removed = client.post(panel, {"step": f"remove:{given}"}, follow=True)
    ended = client.post(round_, {"step": f"end:{given}"}, follow=True)

    assert (removed.status_code, ended.status_code) == (404, 404)
