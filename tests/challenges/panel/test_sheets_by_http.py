"""Score sheets as judges send them: every kind of criterion, with what must not be."""

import pytest
from django.urls import reverse

from civic_sourcing.challenges.models import Criterion, ScoreSheet
from civic_sourcing.challenges.panel.actions import DeclareConflict
from civic_sourcing.challenges.panel.forms import comment_name, points_name
from civic_sourcing.core import triggers
from tests.scenes import scene

pytestmark = pytest.mark.django_db

LEVELS = [
    {"points": 0, "labels": {"en": "Not at all"}},
    {"points": 4, "labels": {"en": "In part"}},
    {"points": 10, "labels": {"en": "Wholly"}},
]
KINDS = {
    "number": {"points": 20, "needs_comment": True},
    "levels": {"kind": Criterion.Kind.RATING, "points": 10, "levels": LEVELS},
    "question": {"kind": Criterion.Kind.YES_NO, "points": 5},
    "must": {"kind": Criterion.Kind.YES_NO, "points": 0, "is_knockout": True},
    "bonus": {"points": 5, "is_bonus": True},
}
RIGHT = {"number": "20", "levels": "4", "question": "1", "must": "0", "bonus": "5"}


@scene
def kinds(contest, round_):
    """One criterion of each kind instead of the five the contest came with."""
    triggers.lift()
    round_.criteria.all().delete()
    made = {
        name: Criterion.objects.create(
            round=round_, position=place, titles={"en": f"Of {name}"}, **facts
        )
        for place, (name, facts) in enumerate(KINDS.items())
    }
    triggers.install()
    return made


@pytest.fixture
def desk(client, kinds, assigned, judges, assignments_of):
    """``desk(step, number="21")`` sends a sheet that is right but for what is said."""
    row = assignments_of(judges[0])[0]
    DeclareConflict(row, by=judges[0], conflict=False).execute()
    client.force_login(judges[0])

    def send(step, *, comment="Measured.", **points):
        said = RIGHT | points
        data = {points_name(kinds[name]): value for name, value in said.items()}
        data[comment_name(kinds["number"])] = comment
        url = reverse("civic_judging:entry", args=[row.uuid])
        return client.post(url, {"step": step, "overall": "I liked it.", **data})

    send.row = row
    return send


def test_every_kind_is_scored_and_read_in_words(client, desk):
    assert desk("complete").status_code == 302

    shown = client.get(reverse("civic_judging:entry", args=[desk.row.uuid])).content.decode()
    sheet = ScoreSheet.objects.get(assignment=desk.row)
    given = dict(sheet.scores.values_list("criterion__titles__en", "points"))
    assert given == {f"Of {name}": int(points) for name, points in RIGHT.items()}
    assert sheet.completed_at is not None
    assert ">34<" in shown.replace(" ", ""), "20 + 4 + 5 for the yes + bonus 5; a must gives none"


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"number": "21"}, "At most 20 points are possible."),
        ({"number": "-1"}, "Points cannot be below 0."),
        ({"number": "many"}, "Enter a whole number."),
        ({"levels": "5"}, "5 is not one of the available choices."),
        ({"question": "2"}, "2 is not one of the available choices."),
        ({"must": "yes"}, "yes is not one of the available choices."),
        ({"bonus": "6"}, "At most 5 points are possible."),
    ],
    ids=lambda value: "-".join(value) if isinstance(value, dict) else None,
)
def test_what_cannot_be_given_is_told_at_its_field_and_nothing_is_lost(desk, said, sentence):
    for step in ("save", "complete"):
        answer = desk(step, **said)

        assert answer.status_code == 422
        assert sentence in answer.content.decode()
        assert "I liked it." in answer.content.decode()

    assert not ScoreSheet.objects.filter(assignment=desk.row).exists()


def test_gaps_are_kept_in_a_draft_and_told_at_their_fields_when_handed_in(desk, kinds):
    gaps = {"number": "", "levels": "", "must": ""}

    draft = desk("save", comment="", **gaps)
    whole = desk("complete", comment="", **gaps)

    errors = whole.context["form"].errors
    wrong = {points_name(kinds[name]) for name in gaps} | {comment_name(kinds["number"])}
    assert (draft.status_code, whole.status_code) == (302, 422)
    assert set(errors) == wrong
    assert ScoreSheet.objects.get(assignment=desk.row).completed_at is None


def test_what_is_asked_for_is_not_called_optional(client, desk, kinds):
    shown = client.get(reverse("civic_judging:entry", args=[desk.row.uuid])).content.decode()

    asked = shown.count("(optional)")
    assert asked == len(KINDS) - 1 + 2, "comments but the one needed, and the two texts"


def test_a_conflicted_entry_and_the_sheet_of_somebody_else_are_not_there(
    client, desk, judges, assignments_of
):
    url = reverse("civic_judging:entry", args=[desk.row.uuid])
    desk("complete")
    for other in judges[1:]:
        client.force_login(other)
        assert client.get(url, follow=True).status_code == 404
        assert client.post(url, {"step": "save", "overall": "Mine now."}).status_code in (302, 404)
    mine = assignments_of(judges[1])[0]
    DeclareConflict(mine, by=judges[1], conflict=True, note="My sister.").execute()
    client.force_login(judges[1])
    closed = reverse("civic_judging:entry", args=[mine.uuid])

    assert client.get(closed, follow=True).status_code == 404
    assert client.post(closed, {"step": "save"}, follow=True).status_code == 404
    assert ScoreSheet.objects.get(assignment=desk.row).overall_comment == "I liked it."
