"""Filling in a ballot: marks are kept with the voter alone, and nothing that was typed is lost."""

from random import Random

import pytest
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file

from civic_sourcing.budgets.actions import WithdrawProject
from civic_sourcing.budgets.ballots import (
    ApprovalLimits,
    CumulativeLimits,
    KnapsackLimits,
    RankingLimits,
    ScoreLimits,
    SingleChoiceLimits,
    YesNoLimits,
)
from civic_sourcing.budgets.booth.draft import name_of
from civic_sourcing.budgets.models import BudgetProjectPage, Envelope, RollEntry
from tests.budgets.booth.papers import benches

OF_EACH_KIND = [
    pytest.param(ApprovalLimits(most=3), [("vote", "2"), ("vote", "N/1")], id="approval"),
    pytest.param(KnapsackLimits(), [("vote", "1"), ("vote", "10")], id="knapsack"),
    pytest.param(SingleChoiceLimits(), [("vote", "10")], id="choose-1"),
    pytest.param(
        CumulativeLimits(total=10), [("points:1", "7"), ("points:N/2", "3")], id="cumulative"
    ),
    pytest.param(RankingLimits(most=3), [("rank:2", "1"), ("rank:1", "2")], id="ranking"),
    pytest.param(ScoreLimits(), [("score:1", "0"), ("score:N/1", "5")], id="scoring"),
    pytest.param(YesNoLimits(), [("answer:1", "yes"), ("answer:2", "abstain")], id="yes-no"),
]


def marks_on(page):
    """What the form of ``page`` would send if the voter pressed the button now."""
    form = page.find("form", id="civic-booth-form")
    marks = []
    for field in form.find_all(["input", "select"]):
        name = field.get("name") or ""
        if not name.startswith(("vote", "points:", "score:", "rank:", "answer:")):
            continue
        if field.name == "select":
            chosen = field.find("option", selected=True)
            value = (chosen.get("value") or chosen.text) if chosen else ""
        elif field["type"] in {"checkbox", "radio"}:
            value = field["value"] if field.has_attr("checked") else ""
        else:
            value = field["value"]
        if value:
            marks.append((name, value))
    return marks


def wrong_on(page):
    return [link.get_text(strip=True) for link in page.select("#civic-booth-wrong a")]


@pytest.mark.parametrize(("limits", "marks"), OF_EACH_KIND)
def test_marks_come_back_and_a_right_ballot_goes_on(hold, enter, citizen, limits, marks):
    vote = hold(limits)
    booth = enter(vote, citizen)

    sent = booth.send(marks)

    assert (sent.status_code, sent["Location"]) == (303, booth.url)
    assert sorted(marks_on(booth.open())) == sorted(marks)
    assert not wrong_on(booth.open())
    assert booth.send(marks, step="review")["Location"] == booth.url + "review/"


@pytest.mark.parametrize(
    ("limits", "marks", "said"),
    [
        pytest.param(
            ApprovalLimits(most=1), [("vote", "1"), ("vote", "2")], "At most 1", id="too-many"
        ),
        pytest.param(
            KnapsackLimits(budget=500_00), [("vote", "1"), ("vote", "2")], "€700", id="too-dear"
        ),
        pytest.param(CumulativeLimits(total=10), [("points:1", "1.5")], "1.5", id="fraction"),
        pytest.param(CumulativeLimits(total=10), [("points:2", "１")], "１", id="other-digits"),
        pytest.param(
            RankingLimits(), [("rank:1", "1"), ("rank:2", "1")], "Benches by the river", id="shared"
        ),
        pytest.param(ScoreLimits(), [("score:1", "9")], "9", id="over-score"),
        pytest.param(YesNoLimits(every=True), [("answer:1", "yes")], "4", id="unanswered"),
    ],
)
def test_wrong_ballot_stays_as_typed_and_is_told_in_sentences(
    hold, enter, citizen, limits, marks, said
):
    booth = enter(hold(limits), citizen)

    sent = booth.send(marks, step="review")
    page = booth.open()

    assert (sent.status_code, sent["Location"]) == (303, booth.url + "#wrong")
    assert sorted(marks_on(page)) == sorted(marks)
    assert said in " ".join(wrong_on(page))


def test_fault_of_a_project_is_tied_to_its_field(hold, enter, citizen):
    booth = enter(hold(CumulativeLimits(total=10, most_points=6)), citizen)

    booth.send([("points:N/1", "7")], step="review")
    page = booth.open()

    field = page.find("input", {"name": "points:N/1"})
    told = page.find(id=field["aria-describedby"])
    assert field["aria-invalid"] == "true"
    assert "7" in told.get_text()
    assert page.select_one("#civic-booth-wrong a")["href"] == f"#{field['id']}"
    assert len(page.select("[aria-invalid]")) == 1


def test_what_is_only_missing_is_not_called_wrong_before_the_voter_goes_on(hold, enter, citizen):
    booth = enter(hold(ApprovalLimits(least=2)), citizen)

    booth.send([("vote", "1")])
    before = booth.open()
    booth.send([("vote", "1")], step="review")

    assert "Choose at least 1 more." in before.find(id="counters").get_text()
    assert not wrong_on(before)
    assert wrong_on(booth.open())


def test_project_of_another_vote_is_refused_without_a_hint(vote, enter, citizen):
    booth = enter(vote, citizen)

    booth.send([("vote", "1"), ("vote", "X/9")], step="review")
    page = booth.open()

    assert marks_on(page) == [("vote", "1")]
    assert len(wrong_on(page)) == 1
    assert "X/9" in wrong_on(page)[0]


def test_withdrawn_project_leaves_the_paper_and_its_mark_is_told(vote, enter, citizen):
    booth = enter(vote, citizen)
    booth.send([("vote", "1"), ("vote", "2")])

    project = vote.process.projects.get(number="2")
    WithdrawProject(project, by=None, reason="The wall is built already.").execute()
    page = booth.open()

    assert "A climbing wall" not in page.get_text()
    assert marks_on(page) == [("vote", "1")]
    assert len(wrong_on(page)) == 1


def test_draft_lies_on_the_device_alone(vote, run, enter, citizen):
    booth = enter(vote, citizen)
    before = dict(booth.client.session.items())

    booth.send([("vote", "N/1")])

    cookie = booth.client.cookies[name_of(run)]
    assert "N/1" not in cookie.value
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/")
    assert dict(booth.client.session.items()) == before
    assert not RollEntry.objects.exists()
    assert not Envelope.objects.exists()


def test_nobody_else_opens_the_draft_on_the_same_device(vote, enter, citizen, neighbour):
    booth = enter(vote, citizen)
    booth.send([("vote", "1")])

    booth.client.force_login(neighbour)

    assert marks_on(booth.open()) == []


def test_form_of_somebody_else_is_not_taken_over(vote, enter, citizen, neighbour):
    booth = enter(vote, citizen)
    page = booth.open()
    booth.client.force_login(neighbour)

    sent = booth.send([("vote", "1")], page=page)

    assert sent.status_code == 409
    assert marks_on(booth.open()) == []


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}], ids=["plain", "htmx"])
def test_choices_outlive_a_lost_session(vote, enter, citizen, headers):
    booth = enter(vote, citizen)
    page = booth.open()
    booth.client.logout()

    sent = booth.send([("vote", "1"), ("vote", "2")], step="review", page=page, headers=headers)
    booth.client.force_login(citizen)

    assert "vote=" not in sent.headers.get("HX-Redirect", "")
    assert sorted(marks_on(booth.open())) == [("vote", "1"), ("vote", "2")]


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}], ids=["plain", "htmx"])
def test_vote_that_closed_meanwhile_is_told_on_a_page_of_its_own(
    vote, run, enter, citizen, set_clock, headers
):
    booth = enter(vote, citizen)
    page = booth.open()
    set_clock(run.closes_at)

    sent = booth.send([("vote", "1")], page=page, headers=headers)

    if headers:
        assert (sent.status_code, sent["HX-Redirect"]) == (204, booth.url)
    assert "The vote is closed" in booth.client.get(booth.url).content.decode()


def test_ballot_too_long_for_the_device_is_shown_as_it_was_typed(hold, enter, citizen):
    booth = enter(hold(CumulativeLimits(total=10), projects=benches(40)), citizen)
    letters = Random(1)
    marks = [
        (f"points:{n}", "".join(chr(letters.randint(0xAC00, 0xD7A3)) for _ in range(40)))
        for n in range(1, 41)
    ]

    sent = booth.send(marks, step="review")

    assert sent.status_code == 413
    assert "too long" in sent.content.decode()
    assert marks[3][1] in sent.content.decode()


def test_counters_come_alone_while_a_ballot_is_filled_in(vote, run, enter, citizen):
    booth = enter(vote, citizen)

    sent = booth.send([("vote", "1"), ("vote", "2")], headers={"HX-Request": "true"})

    assert "You can still choose 1." in sent.content.decode()
    assert "Benches by the river" not in sent.content.decode()
    assert name_of(run) in sent.cookies


def test_two_pages_of_a_vote_are_one_ballot(vote, korean_home, korean, enter, citizen):
    translated = vote.copy_for_translation(korean)
    translated.save_revision().publish()
    booth = enter(vote, citizen)
    booth.send([("vote", "2")])

    booth.url = translated.get_url() + "vote/"
    page = booth.open()

    assert marks_on(page) == [("vote", "2")]
    assert page.find(id="find-area").find("option", value="north").get_text() == "북안동"


def test_single_choice_can_be_taken_back(hold, enter, citizen):
    booth = enter(hold(SingleChoiceLimits(least=0)), citizen)
    booth.send([("vote", "2")])

    booth.send([("vote", "")])

    assert marks_on(booth.open()) == []


def test_one_project_can_be_chosen_in_each_area(hold, enter, citizen):
    booth = enter(hold(SingleChoiceLimits(), scope="area"), citizen)
    marks = [("vote", "2"), ("vote", "N/1")]

    sent = booth.send(marks, step="review")

    assert sent["Location"] == booth.url + "review/"
    assert [area.get_text() for area in booth.open().select(".civic-booth-area")] == [
        "Neulbom",
        "Northbank",
    ]


def test_ballot_that_breaks_a_limit_can_be_cast_as_void_where_the_rules_say_so(
    hold, enter, citizen
):
    booth = enter(hold(ApprovalLimits(most=1), faulty="void"), citizen)
    marks = [("vote", "1"), ("vote", "2")]

    first = booth.send(marks, step="review")
    warned = booth.open().find("button", value="void")
    second = booth.send(marks, step="void")

    assert first["Location"] == booth.url + "#wrong"
    assert warned["form"] == "civic-booth-form"
    assert second["Location"] == booth.url + "review/"


def test_later_tab_wins(vote, enter, citizen):
    booth = enter(vote, citizen)
    one, other = booth.open(), booth.open()

    booth.send([("vote", "1")], page=one)
    booth.send([("vote", "2")], page=other)

    assert marks_on(booth.open()) == [("vote", "2")]


def test_card_shows_the_first_picture_of_its_project_and_does_without_a_lost_one(
    vote, enter, citizen, settings, tmp_path
):
    settings.MEDIA_ROOT = tmp_path
    for number in ("1", "2"):
        title, file = f"Quay {number}", get_test_image_file()
        image = get_image_model().objects.create(title=title, file=file)
        page = BudgetProjectPage.objects.get(project__number=number)
        value = {"image": image.pk, "alt_text": f"Alt {number}", "decorative": False}
        page.pictures.raw_data.append({"type": "picture", "value": value})
        page.save()
    image.file.storage.delete(image.file.name)

    shown = enter(vote, citizen).open().select(".civic-booth-card img")

    assert [image["alt"] for image in shown] == ["Alt 1"]
    assert shown[0]["loading"] == "lazy"
