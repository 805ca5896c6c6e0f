"""Similar contributions are found, in the ledger as it is, by whoever may read them."""

import csv
import json
import random
import uuid
from collections import defaultdict
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone

from civic_sourcing.attribution import ledger
from civic_sourcing.attribution.actions import (
    HideContribution,
    RemoveContribution,
    RestoreContribution,
)
from civic_sourcing.attribution.models import (
    Contribution,
    IndexedTitle,
    KeyCount,
    LedgerChain,
    TitleKey,
)
from civic_sourcing.attribution.similar import find, index
from civic_sourcing.attribution.similar.jobs import index_stragglers
from civic_sourcing.processes.models import Process
from tests.scenes import maker

OWN_TITLES = Path(__file__).parent.parent / "data" / "similar_titles.json"
TITLE = "Benches along the river walk"


@pytest.fixture
def other_process(process):
    return Process.objects.create(translation_key=uuid.uuid4(), kind="ideas")


def titles(matches):
    return [match.title for match in matches]


@maker
def file_titles(notes, process):
    """File many titles at once and index them."""

    def file(names):
        LedgerChain.objects.get_or_create(process=process)
        rows = Contribution.objects.bulk_create(
            Contribution(
                kind="note",
                process=process,
                sequence=number,
                received_at=timezone.now(),
                state="published",
                language="en",
                title=name[:255],
            )
            for number, name in enumerate(names, 1)
        )
        notes.shown.update(row.pk for row in rows)
        list(index.rebuild())
        return rows

    return file


def test_published_contribution_is_found_at_once(receive, process):
    bench = receive(TITLE)
    receive("A lamp for Mill Lane")

    matches = find(process, "Benches along river walk")

    assert [match.contribution for match in matches] == [bench]
    assert matches[0].url == f"/notes/{bench.uuid}/"
    assert 0.8 < matches[0].score < 1


def test_same_words_in_another_order_are_the_same(receive, process):
    receive(TITLE)

    (match,) = find(process, "ALONG THE RIVER WALK: benches!")

    assert match.same


def test_of_equal_titles_the_first_received_comes_first(receive, process):
    copies = [receive(TITLE, f"Number {number}.") for number in range(4)]

    matches = find(process, TITLE, limit=3)

    assert [match.contribution for match in matches] == copies[:3]


def test_first_received_keeps_its_place_among_a_crowd_of_copies(file_titles, process, monkeypatch):
    monkeypatch.setattr("civic_sourcing.attribution.similar.search.ROWS_OF_ONE_KEY", 40)
    rows = file_titles([TITLE] * 200)

    assert find(process, TITLE, limit=1)[0].contribution == rows[0]


@pytest.mark.parametrize("title", ["", "?!", "🌳"], ids=["nothing", "signs", "picture"])
def test_title_without_words_finds_nothing(receive, process, title):
    receive(TITLE)

    assert find(process, title) == []


def test_text_copied_under_another_title_is_found(receive, process):
    text = "People want to sit down in the shade of the old trees when the summer is hot."
    receive(TITLE, text)

    assert titles(find(process, "Somewhere to rest", text + " Thank you.")) == [TITLE]


def test_itself_can_be_left_out(receive, process):
    bench = receive(TITLE)

    assert find(process, TITLE, exclude=bench) == []


def test_other_processes_are_searched_only_if_asked(receive, process, other_process):
    receive(TITLE, process=other_process)

    assert find(process, TITLE) == []
    assert titles(find(process, TITLE, site_wide=True)) == [TITLE]
    assert titles(find(None, TITLE)) == [TITLE]


def test_hidden_is_not_offered_and_restored_is_again(receive, process):
    bench = receive(TITLE)

    HideContribution(bench, by=None).execute()
    hidden = find(process, TITLE)
    RestoreContribution(bench, by=None).execute()

    assert hidden == []
    assert titles(find(process, TITLE)) == [TITLE]


def test_what_its_kind_does_not_show_is_not_offered(receive, process, notes):
    bench = receive(TITLE)

    notes.shown.discard(bench.pk)

    assert find(process, TITLE) == []


def test_blanked_leaves_nothing_in_the_index(receive, process):
    bench = receive(TITLE)

    with transaction.atomic():
        ledger.blank(bench)

    assert not IndexedTitle.objects.exists()
    assert not TitleKey.objects.exists()
    assert not KeyCount.objects.exclude(number=0).exists()


def test_new_version_takes_the_place_of_the_old(receive, process):
    bench = receive(TITLE)

    with transaction.atomic():
        Contribution.objects.filter(pk=bench.pk).update(title="A ferry to the island")
        ledger.publish_version(bench, title="A ferry to the island", text="")

    assert find(process, TITLE) == []
    assert titles(find(process, "Ferry to the island")) == ["A ferry to the island"]
    assert KeyCount.objects.get(key=KeyCount.TITLES).number == 1


def test_counts_are_those_of_the_keys(file_titles, process):
    rows = file_titles(["Red benches", "Green benches", "A lamp"])
    with transaction.atomic():
        index.forget(rows[1])

    counts = dict(KeyCount.objects.filter(number__gt=0).values_list("key", "number"))

    counted = defaultdict(int)
    for row in (rows[0], rows[2]):
        for key in index.Keys.of(row.title).counted:
            counted[key] += 1
    assert counts == {**counted, KeyCount.TITLES: 2}


def test_tick_indexes_what_came_in_another_way_and_drops_what_was_removed(receive, process):
    bench, lamp = receive(TITLE), receive("A lamp for Mill Lane")
    with transaction.atomic():
        index.forget(lamp)
    RemoveContribution(bench, by=None).execute()

    said = index_stragglers(timezone.now())

    assert said == "2 indexed"
    assert [row.words for row in IndexedTitle.objects.all()] == ["a lamp for mill lane"]


@pytest.mark.parametrize("options", [{}, {"all": True}], ids=["what is missing", "all"])
def test_command_can_be_run_again_and_again(receive, process, options, capsys):
    receive(TITLE)
    before = set(TitleKey.objects.values_list("key", "contribution_id"))

    for _again in range(2):
        call_command("index_similar", **options)

    assert set(TitleKey.objects.values_list("key", "contribution_id")) == before
    assert KeyCount.objects.get(key=KeyCount.TITLES).number == 1


def test_look_up_costs_five_queries_however_many_there_are(
    file_titles, process, django_assert_num_queries
):
    file_titles(
        [f"{TITLE} and lake"] * 30 + [f"Lamp {number} in the park" for number in range(300)]
    )

    with django_assert_num_queries(5, connection=connection):
        find(process, TITLE)


def test_indexing_costs_four_queries(receive, django_assert_max_num_queries):
    bench = receive(TITLE)
    with transaction.atomic():
        index.forget(bench)

        with django_assert_max_num_queries(4, connection=connection):
            index.add(bench, title=TITLE, text="By the river.")


def test_edited_titles_of_our_own_set_are_found_and_unrelated_ones_are_not(file_titles, process):
    own = json.loads(OWN_TITLES.read_text("utf-8"))
    rows = file_titles([one for one, _edited in own["edited"]] + own["unrelated"])

    found = sum(
        row.pk in {match.contribution_id for match in find(process, edited)}
        for row, (_one, edited) in zip(rows, own["edited"], strict=False)
    )
    alarms = [row.title for row in rows if find(process, row.title, exclude=row)]

    assert found / len(own["edited"]) >= 0.9
    assert len(alarms) <= len(rows) / 10


@pytest.mark.prove
def test_edited_titles_of_real_projects_are_found(file_titles, process, shared_data, proving):
    """A part of the groups and of the rest; benchmarks/similar.py measures all of them."""
    part, rest = (10, 1000) if proving else (25, 400)
    with (shared_data / "titles.csv").open(encoding="utf-8") as file:
        every = [(row["title"], row["group"]) for row in csv.DictReader(file)]
    groups = sorted({group for _title, group in every if group})
    chosen = set(random.Random(3).sample(groups, len(groups) // part))
    alone = random.Random(4).sample([title for title, group in every if not group], rest)
    known = [pair for pair in every if pair[1] in chosen] + [(title, "") for title in alone]
    rows = file_titles([title for title, _group in known])

    found, asked, alarms = 0, 0, 0
    members = defaultdict(set)
    for row, (_title, group) in zip(rows, known, strict=True):
        members[group].add(row.pk)
    for row, (_title, group) in zip(rows, known, strict=True):
        offered = {match.contribution_id for match in find(process, row.title, exclude=row)}
        asked += bool(group)
        found += bool(group and offered & members[group])
        alarms += bool(not group and offered)

    assert found / asked >= 0.9
    assert alarms / len(alone) <= 0.1
