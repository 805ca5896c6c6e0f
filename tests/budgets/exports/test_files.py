"""What is handed out of a vote: the file that came in, ballots of a count, the table of results."""

import csv
import io
import json
from collections import Counter

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, transaction
from django.urls import resolve
from hypothesis import given
from hypothesis import strategies as st

from civic_sourcing.budgets.actions import CountBallots
from civic_sourcing.budgets.actions.casting import ProposeSettingAside, SetBallotAside
from civic_sourcing.budgets.counting import (
    Ballot,
    Election,
    Electorate,
    Papers,
    Project,
    VoteType,
    read_pabulib,
    writing,
)
from civic_sourcing.budgets.counting.writing import write_pabulib
from civic_sourcing.budgets.exports import kept
from civic_sourcing.budgets.exports.public import public_document
from civic_sourcing.budgets.models import Ballot as BallotRow
from civic_sourcing.budgets.models import BulletinEntry, CountedBallots
from civic_sourcing.budgets.published import PublishedElection
from civic_sourcing.budgets.verification import verify_counts
from civic_sourcing.core.audit.verification import Verification
from civic_sourcing.core.testing import triggers_suspended
from tests.budgets.conftest import DATA
from tests.shared import PABULIB

WAYS = ("results/ballots/", "results/json/", "results/csv/", "results/program/")


def merged(election):
    return Counter({(each.projects, each.points): each.times for each in election.ballots})


def read(text):
    return read_pabulib(io.BytesIO(text.encode()))


def export(page, **options):
    out = io.StringIO()
    call_command("export_pabulib", str(page.pk), stdout=out, **options)
    return out.getvalue()


@given(data=st.data())
def test_what_is_written_reads_back_the_same(data):
    texts = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=8).map(str.strip)
    count = data.draw(st.integers(1, 4))
    projects = tuple(
        Project(
            f"P{place}",
            data.draw(st.integers(0, 999)),
            name=data.draw(texts),
            position=place,
            columns={"category": data.draw(texts)},
        )
        for place in range(count)
    )
    picks = st.lists(st.sampled_from([p.id for p in projects]), unique=True).map(tuple)
    ballots = Counter(data.draw(st.lists(picks, max_size=9)))
    election = Election(
        projects,
        tuple(Ballot(each, times=times) for each, times in ballots.items()),
        data.draw(st.integers(0, 9999)),
        VoteType.ORDINAL,
        rule="greedy",
        meta={"description": data.draw(texts), "vote_type": "ordinal"},
    )

    text = write_pabulib(election)

    again = read(text)
    assert (again.projects, again.budget, again.rule) == (projects, election.budget, "greedy")
    assert merged(again) == merged(election)
    assert again.meta["description"] == election.meta["description"]
    assert write_pabulib(again) == text


@pytest.mark.parametrize("file", sorted(PABULIB.glob("Poland_W*.pb")), ids=lambda file: file.stem)
def test_a_real_file_reads_back_the_same(file):
    election = read_pabulib(file)

    again = read(write_pabulib(election))

    assert (again.projects, again.budget, again.meta) == (
        election.projects,
        election.budget,
        {**election.meta, "num_votes": str(election.ballot_count)},
    )
    assert merged(again) == merged(election)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "name", ["budget_skipping.pb", "neulbom-approval.pb"], ids=["decimals and quotes", "plain"]
)
def test_a_file_that_came_in_goes_out_unchanged_but_for_its_voters(import_election, name):
    vote = import_election(DATA / name)

    text = export(vote)

    assert text == write_pabulib(PublishedElection.read(DATA / name).election)
    header = text.partition("VOTES\n")[2].partition("\n")[0]
    assert set(header.split(";")) <= {"voter_id", "vote", "points"}


@pytest.mark.django_db
def test_a_file_exported_and_imported_again_is_exported_the_same(import_election, tmp_path):
    first = export(import_election())
    (tmp_path / "again.pb").write_text(first)

    second = export(import_election(tmp_path / "again.pb", slug="again"))

    assert second == first


@pytest.mark.django_db
def test_nothing_is_handed_out_before_the_count_is_published(counted, client):
    page = counted(publish=False)

    answers = [client.get(page.get_url() + way).status_code for way in WAYS]

    assert answers == [404, 404, 404, 404]
    with pytest.raises(CommandError, match="no such count that is published"):
        export(page)


@pytest.mark.django_db
def test_ballots_handed_out_are_those_of_the_published_count_also_later(counted, client, clerks):
    page = counted()
    url = page.get_url() + "results/ballots/"
    before = client.get(url).getvalue().decode()
    run = page.process.vote_runs.get()
    taken = run.set_asides.get().tracker
    tracker = BulletinEntry.objects.filter(run=run).exclude(tracker=taken).first().tracker
    row = ProposeSettingAside(run, by=clerks[0], tracker=tracker, reason="Another.").execute()
    SetBallotAside(row, by=clerks[1]).execute()
    CountBallots(page.process, by=None).execute()

    assert client.get(url).getvalue().decode() == before
    assert read(before).ballot_count == 11


@pytest.mark.django_db
def test_who_has_the_file_already_is_told_so(counted, client):
    url = counted().get_url() + "results/ballots/"
    etag = client.get(url)["ETag"]

    assert client.get(url, headers={"If-None-Match": etag}).status_code == 304


@pytest.mark.django_db
@pytest.mark.parametrize(("way", "most"), [("ballots", 17), ("json", 9)])
def test_ballots_are_written_down_once_and_never_read_again(
    counted, client, django_assert_max_num_queries, way, most
):
    url = f"{counted().get_url()}results/{way}/"
    first = client.get(url)
    text = first.getvalue()

    with django_assert_max_num_queries(most) as asked:
        again = client.get(url).getvalue()

    assert first.streaming
    assert again == text
    table = f'"{BallotRow._meta.db_table}"'
    assert not [query for query in asked.captured_queries if table in query["sql"]]


@pytest.mark.django_db
def test_rows_come_a_piece_at_a_time_and_are_all_there(counted, client, monkeypatch):
    for room in (writing, kept):
        monkeypatch.setattr(room, "AT_ONCE", 4)
    page = counted()

    text = client.get(page.get_url() + "results/ballots/").getvalue().decode()

    assert list(CountedBallots.objects.values_list("place", "ballots").order_by("place")) == [
        (0, 0),
        (1, 4),
        (2, 4),
        (3, 3),
    ]
    assert text == export(page)
    assert read(text).ballot_count == 11
    result = json.loads(client.get(page.get_url() + "results/json/").getvalue())
    assert result["ballots"] == [row.split(";")[0] for row in text.splitlines()[-11:]]


@pytest.mark.django_db
def test_a_new_title_is_in_the_file_and_in_its_mark(counted, client):
    page = counted()
    url = page.get_url() + "results/ballots/"
    first = client.get(url)
    page.title = "Money for the harbour"
    page.save_revision().publish()

    second = client.get(url, headers={"If-None-Match": first["ETag"]})

    assert second.status_code == 200
    assert "description;Money for the harbour\n" in second.getvalue().decode()
    assert second["ETag"] != first["ETag"]


@pytest.mark.django_db
def test_nothing_is_written_down_before_the_count_is_published(counted, client):
    page = counted(publish=False)

    for way in WAYS:
        client.get(page.get_url() + way)

    assert not CountedBallots.objects.exists()


@pytest.mark.django_db
def test_ballots_written_down_stay_and_others_are_found(counted, client):
    page = counted()
    client.get(page.get_url() + "results/ballots/")
    last = CountedBallots.objects.latest("place")

    with pytest.raises(DatabaseError), transaction.atomic():
        CountedBallots.objects.filter(pk=last.pk).update(text="")
    assert not list(verify_counts(Verification()))
    with triggers_suspended():
        CountedBallots.objects.filter(pk=last.pk).update(text=last.text.partition("\n")[2])

    assert [each.code for each in verify_counts(Verification())] == ["ballots-file"]


@pytest.mark.django_db
def test_the_table_has_a_row_for_each_project_and_no_formula(counted, client):
    page = counted()
    project = page.project_pages().get(project__number="2")
    project.title = "=1+1"
    project.save_revision().publish()

    text = client.get(page.get_url() + "results/csv/").content.decode("utf-8-sig")

    rows = {row["number"]: row for row in csv.DictReader(io.StringIO(text))}
    assert rows.keys() == {"1", "2", "10", "N/1", "N/2"}
    assert [rows["1"][name] for name in ("cost (EUR)", "funded", "score")] == ["400.00", "1", "6"]
    assert rows["2"]["project"] == "'=1+1"


def test_area_and_group_are_told_of_ballots_only_where_they_are_asked_for():
    election = Election((Project("A", 1),), (), 1)
    electorate = Electorate((Papers((Ballot(("A",)),), area="north", group="young"),))

    text = write_pabulib(election, electorate, told=("area",))

    assert "voter_id;area;vote\n" in text
    assert "young" not in text


def test_numbers_of_few_voters_are_left_out_of_the_public_document():
    areas = [{"code": "n", "ballots": 3}, {"code": "s", "ballots": 40}]
    document = {"rules": {"area_use": "own"}, "areas": areas}

    told = public_document(document)

    assert [area["ballots"] for area in told["count"]["areas"]] == [None, None]
    assert "areas.ballots" in told["withheld"]
    assert public_document({**document, "rules": {"area_use": "all"}})["count"]["areas"] == areas


def test_the_name_with_a_dot_leads_to_the_ballots_and_never_elsewhere(rf):
    path = "//elsewhere.example/budget/results/ballots.pb"
    view, _args, captured = resolve(path, "civic_sourcing.budgets.exports.urls")

    answer = view(rf.get(path), **captured)

    assert (answer.status_code, answer["Location"]) == (302, "ballots/")
