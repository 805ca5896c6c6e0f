"""What was typed into one form of a judging screen stays when the button of another is pressed."""

import pytest
from django.urls import reverse

from civic_sourcing.challenges.models import Assignment, Judge, JudgeState

pytestmark = pytest.mark.django_db

INVITEE = {"invite-who": "expert@example.org", "invite-organisation": "Uni"}


@pytest.fixture
def press(client, manager, in_admin, contest):
    """Press ``step`` of a screen as the manager."""
    in_admin(manager)
    client.force_login(manager)

    def press(screen, step, **typed):
        url = reverse(f"civic_judging_admin:{screen[0]}", args=[contest.process.uuid, *screen[1:]])
        return client.post(url, {"step": step, **typed})

    return press


PANEL, ROUND = ("panel",), ("round", 1)


@pytest.mark.usefixtures("judges")
def test_invitee_stays_when_somebody_is_taken_off(press, contest):
    judge = contest.process.judges.first()

    answer = press(PANEL, f"remove:{judge.uuid}", **INVITEE)

    judge.refresh_from_db()
    assert (judge.state, answer.status_code) == (JudgeState.RECUSED, 200)
    assert 'value="expert@example.org"' in answer.text
    assert 'value="Uni"' in answer.text
    assert "It is not saved yet." in answer.text
    assert not Judge.objects.filter(organisation="Uni").exists()


@pytest.mark.usefixtures("judges")
def test_taking_off_leads_on_where_nothing_was_typed(press, contest):
    judge = contest.process.judges.first()
    as_shown = {"invite-who": "", "invite-organisation": ""}

    assert press(PANEL, f"remove:{judge.uuid}", **as_shown).status_code == 302


def test_return_key_sends_no_invitation(press, contest):
    answer = press(PANEL, "none", **INVITEE)

    assert answer.status_code == 409
    assert 'value="expert@example.org"' in answer.text
    assert not contest.process.judges.filter(organisation="Uni").exists()


@pytest.mark.parametrize("step", ["assign", "remind", "end"])
def test_choice_by_hand_stays_when_another_button_is_pressed(press, assigned, entries, step):
    row = Assignment.objects.order_by("pk").first()
    chosen = {"one-judge": row.judge_id, "one-entry": entries[1].pk}
    number = {"assign-per_entry": 2}
    pressed = f"end:{row.uuid}" if step == "end" else step

    answer = press(ROUND, pressed, **chosen, **number)

    assert answer.status_code == 200
    assert answer.context["forms"]["one"]["judge"].value() == str(row.judge_id)
    assert answer.context["forms"]["one"]["entry"].value() == str(entries[1].pk)
