"""What is made of contributions: no circles, every original kept, credits and news flow along."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import IntegrityError, connection, connections, transaction
from django.urls import reverse

from civic_sourcing.attribution.actions import HideContribution
from civic_sourcing.attribution.actions.derive import (
    SplitContribution,
)
from civic_sourcing.attribution.credits.flow import credits_for, credits_of
from civic_sourcing.attribution.family.relatives import relatives_of
from civic_sourcing.attribution.models import Contribution, Derivation, DerivationKind, Role, State
from civic_sourcing.core import clock
from civic_sourcing.core.exceptions import ActionForbidden, ActionRefused
from civic_sourcing.notifications.models import Notification
from tests.attribution.credit_people import *  # noqa: F403
from tests.attribution.credit_people import derive, merge, participant

IMPROVES = DerivationKind.IMPROVES


def test_nothing_is_made_of_itself(contribution):
    with pytest.raises(ActionRefused, match="made of itself"):
        derive(contribution, contribution)


def test_derivation_is_recorded_once(contribution, shade):
    derive(contribution, shade)

    with pytest.raises(ActionRefused, match="known already"):
        derive(contribution, shade)


def test_circle_is_refused(receive):
    first, second, third = (receive(title) for title in ("One", "Two", "Three"))
    derive(first, second)
    derive(second, third)

    with pytest.raises(ActionRefused, match="cannot be the other way round"):
        derive(third, first)


@pytest.mark.parametrize("what", ["circle", "itself", "twice", "change", "delete"])
def test_database_refuses_whoever_writes(contribution, shade, what):
    tie = derive(contribution, shade)
    fresh = {"kind": IMPROVES, "at": clock.now()}
    writes = {
        "circle": lambda: Derivation.objects.create(source=shade, target=contribution, **fresh),
        "itself": lambda: Derivation.objects.create(source=shade, target=shade, **fresh),
        "twice": lambda: Derivation.objects.create(source=contribution, target=shade, **fresh),
        "change": lambda: Derivation.objects.update(kind=DerivationKind.ADOPTED),
        "delete": tie.delete,
    }

    with pytest.raises(IntegrityError), transaction.atomic():
        writes[what]()


@pytest.mark.django_db(transaction=True)
def test_derivations_in_parallel_close_no_circle(receive):
    """Four ties at once would close a ring if each looked before the others wrote."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time")
    ring = [receive(str(number)) for number in range(4)]
    ties = [(ring[index], ring[(index + 1) % 4]) for index in range(4)]

    def record(tie):
        try:
            Derivation.objects.create(source=tie[0], target=tie[1], kind=IMPROVES, at=clock.now())
        except IntegrityError:
            return False
        finally:
            connections.close_all()
        return True

    with ThreadPoolExecutor(4) as pool:
        written = list(pool.map(record, ties))

    assert sorted(written) == [False, True, True, True]


def test_merging_keeps_every_original(contribution, shade, merged):
    states = Contribution.objects.filter(pk__in=[contribution.pk, shade.pk])

    assert {row.state for row in states} == {State.PUBLISHED}
    assert [one.title for one in relatives_of(contribution).results] == ["Benches and shade"]


def test_merged_contribution_comes_by_staff_and_credits_all(merged):
    mentions = {mention.name: mention.roles for mention in credits_for(merged).mentions}

    assert (merged.channel, merged.author) == ("staff", None)
    assert mentions == {
        "official": [Role.STAFF_EDITOR],
        "mina": [Role.ORIGINATOR],
        "neighbour": [Role.ORIGINATOR],
    }


def test_authors_and_supporters_are_told_of_a_merger(
    notes, contribution, shade, official, author, neighbour, citizen
):
    notes.affected = lambda row: [participant(citizen)] if row.pk == shade.pk else []

    merge([contribution, shade], official)

    told = {note.user.username: note.subject for note in Notification.objects.all()}
    assert told == {
        "mina": "Your “A bench” became part of “Benches and shade”",
        "neighbour": "Your “Shade” became part of “Benches and shade”",
        "citizen": "“Shade”, which you support, became part of “Benches and shade”",
    }


@pytest.mark.parametrize(
    ("kind", "title", "told"),
    [
        (
            DerivationKind.BECOMES_PROJECT,
            "A bench",
            ("Your “A bench” became a project", "“A bench”, which you support, became a project"),
        ),
        (
            DerivationKind.BECOMES_ENTRY,
            "A bench",
            ("Your “A bench” became an entry", "“A bench”, which you support, became an entry"),
        ),
        (
            DerivationKind.ADOPTED,
            "A bench",
            ("The city adopted your “A bench”", "The city adopted “A bench”, which you support"),
        ),
        (
            DerivationKind.BECOMES_PROJECT,
            "Ten benches",
            (
                "Your “A bench” became “Ten benches”",
                "“A bench”, which you support, became “Ten benches”",
            ),
        ),
    ],
    ids=["project", "entry", "adopted", "another title"],
)
def test_nothing_is_said_to_have_become_itself(
    notes, receive, contribution, citizen, kind, title, told
):
    notes.affected = lambda row: [participant(citizen)]
    made = receive(title, "Money.", by=None, channel="staff")

    derive(contribution, made, kind)

    subjects = {note.user.username: note.subject for note in Notification.objects.all()}
    assert (subjects["mina"], subjects["citizen"]) == told


def test_merging_takes_two_different_contributions(contribution, official):
    with pytest.raises(ActionRefused, match="two different"):
        merge([contribution, contribution], official)


@pytest.mark.parametrize(
    ("state", "sentence"), [("withdrawn", "withdrawn by its author"), ("hidden", "not published")]
)
def test_what_is_not_published_is_not_merged(contribution, shade, official, state, sentence):
    shade.state = state
    shade.save()

    with pytest.raises(ActionRefused, match=sentence):
        merge([contribution, shade], official)


def test_refused_merger_leaves_nothing_behind(contribution, shade, official):
    before = Contribution.objects.count()
    shade.state = "hidden"
    shade.save()

    with pytest.raises(ActionRefused):
        merge([contribution, shade], official)

    assert (Contribution.objects.count(), Derivation.objects.count()) == (before, 0)


@pytest.mark.parametrize("who", ["author", "neighbour", "moderator"])
def test_only_officials_merge_and_split(request, contribution, shade, place, who):
    user = request.getfixturevalue(who)

    with pytest.raises(ActionForbidden):
        merge([contribution, shade], user)
    with pytest.raises(ActionForbidden):
        SplitContribution(contribution, by=user, parts=[("A", "a"), ("B", "b")]).execute()


def test_splitting_keeps_the_original_and_credits_its_author(contribution, official):
    parts = [("Bench", "One."), ("Bin", "Two.")]

    keys = SplitContribution(contribution, by=official, parts=parts).execute()

    made = credits_of(Contribution.objects.filter(pk__in=keys))
    contribution.refresh_from_db()
    assert contribution.state == State.PUBLISHED
    assert [{m.name for m in credits.mentions} for credits in made.values()] == [
        {"mina", "official"}
    ] * 2


def test_splitting_takes_two_parts(contribution, official):
    with pytest.raises(ActionRefused, match="at least two parts"):
        SplitContribution(contribution, by=official, parts=[("Bench", "One.")]).execute()


def test_credits_flow_to_the_project_with_their_path(receive, contribution, shade, merged):
    project = receive("Project", "Money.", by=None, channel="staff")
    derive(merged, project, DerivationKind.BECOMES_PROJECT)

    mina = next(m for m in credits_for(project).mentions if m.name == "mina")

    (part,) = mina.parts
    assert part.contribution == contribution
    assert part.path == (merged, project)


def test_person_behind_two_originals_is_mentioned_once(receive, author, official):
    merged = merge([receive("One"), receive("Two")], official)

    (mina,) = [m for m in credits_for(merged).mentions if m.name == "mina"]

    assert [part.contribution.title for part in mina.parts] == ["One", "Two"]


def test_originals_out_of_sight_name_nobody(contribution, shade, merged, moderator):
    HideContribution(shade, by=moderator).execute()

    credits = credits_for(merged)

    assert credits.unseen == 1
    assert "neighbour" not in {mention.name for mention in credits.mentions}


def test_former_participant_is_still_credited(merged, neighbour):
    neighbour.delete()

    names = {mention.name for mention in credits_for(merged).mentions}

    assert any(name.startswith("former participant ") for name in names)


@pytest.mark.parametrize("number", [1, 30], ids=["one", "thirty"])
def test_credits_cost_the_same_queries_for_any_ancestry(
    receive, django_assert_max_num_queries, number
):
    last = receive("Last")
    for index in range(number):
        source = receive(f"Original {index}")
        derive(source, last)
        if index % 2:
            derive(receive(f"Before {index}"), source)

    with django_assert_max_num_queries(4):
        credits_of([last])


@pytest.mark.parametrize("number", [1, 40], ids=["two", "forty-one"])
def test_credits_page_asks_no_more_for_a_large_family(
    client, receive, django_assert_max_num_queries, number
):
    last = receive("Last")
    for index in range(number):
        derive(receive(f"Original {index}"), last)
    url = reverse("civic_attribution:credits", args=[last.uuid])
    client.get(url)

    with django_assert_max_num_queries(20):
        response = client.get(url)

    assert response.status_code == 200


def test_official_merges_in_the_admin(admin_client, contribution, shade):
    url = reverse("civic_attribution_admin:merge")
    originals = [str(contribution.uuid), str(shade.uuid)]

    response = admin_client.post(
        f"{url}?contribution={originals[0]}&contribution={originals[1]}",
        {"originals": originals, "title": "Both", "text": "Together."},
    )

    assert response.status_code == 302
    assert Contribution.objects.get(title="Both").derived_from.count() == 2


def test_merging_one_comes_back_with_a_sentence(admin_client, contribution):
    url = reverse("civic_attribution_admin:merge")

    response = admin_client.post(
        f"{url}?contribution={contribution.uuid}",
        {"originals": [str(contribution.uuid)], "title": "One", "text": "Alone."},
    )

    assert response.status_code == 409
    assert "at least two" in response.content.decode()


def test_admin_finds_more_to_merge_by_title(admin_client, contribution, shade):
    url = reverse("civic_attribution_admin:merge")

    page = admin_client.get(f"{url}?contribution={contribution.uuid}&q=shad")

    assert str(shade.uuid) in page.content.decode()


def test_official_splits_in_the_admin(admin_client, contribution):
    url = reverse("civic_attribution_admin:split", args=[contribution.uuid])
    parts = {"title_1": "Bench", "text_1": "One.", "title_2": "Bin", "text_2": "Two."}

    admin_client.post(url, parts)

    assert contribution.derived.count() == 2


def test_merging_is_not_offered_to_others(client, contribution, official, neighbour):
    client.force_login(neighbour)

    response = client.get(
        reverse("civic_attribution_admin:merge"), {"contribution": str(contribution.uuid)}
    )

    assert response.status_code == 302
