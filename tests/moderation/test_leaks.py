"""What is held, hidden, masked or removed can be read nowhere, by whatever route."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from civic_sourcing.attribution.actions import WithdrawContribution
from civic_sourcing.attribution.models import Contribution
from civic_sourcing.moderation.actions import DecideCase
from civic_sourcing.moderation.models import Case, ForumModeration, WordList
from tests.scenes import maker

from .leaks import SECRET, Idea, Talk, found_similar, tables_with
from .test_process_admin import publisher  # noqa: F401

pytestmark = pytest.mark.urls("tests.moderation.leaks")

SUBJECTS = [Idea, Talk]

TITLE = f"All about {SECRET}"
PUBLISHED_VERSIONS = {"civic_attribution_contributionversion", "civic_attribution_indexedtitle"}
"""Beside its content what is hidden keeps them, to come back as it was."""

PIECES = (f"about {SECRET}", f"about-{SECRET}", f"of {SECRET}")
"""What only the text says; a page of results repeats the word somebody searched for."""

TEXT = f"This is known of {SECRET.upper()}: nothing."


@pytest.fixture(params=SUBJECTS, ids=lambda subject: subject.kind)
def subject(request, forum, author):
    return request.param(forum, author)


@maker
def write(subject):
    def write(title=TITLE, text=TEXT):
        cache.clear()
        return subject.write(title, text)

    return write


@maker
def decide(report, rules, moderator):
    """Have the moderator decide about a contribution under “respect”."""

    def decide(contribution, outcome, **words):
        report(contribution)
        return DecideCase(
            Case.objects.open().get(contribution=contribution),
            by=moderator,
            outcome=outcome,
            rule=rules("respect") if outcome != "temporary" else None,
            facts="It runs somebody down.",
            **words,
        ).execute()

    return decide


@pytest.fixture
def premoderated(forum):
    ForumModeration.objects.create(process=forum.process, premoderation="everyone")


def held(request):
    request.getfixturevalue("premoderated")
    return request.getfixturevalue("write")()


def held_after_an_edit(request):
    contribution = request.getfixturevalue("write")("Benches by the bridge", "Please.")
    WordList.objects.create(title="Places", words=SECRET)
    subject = request.getfixturevalue("subject")
    with transaction.atomic():
        row = Contribution.objects.select_for_update().get(pk=contribution.pk)
        subject.edit(row, TITLE, TEXT)
    return contribution


def withdrawn_while_it_waited(request):
    contribution = held(request)
    author = request.getfixturevalue("author")
    WithdrawContribution(contribution, by=author).execute()
    return contribution


def decided(outcome, **words):
    def scene(request):
        contribution = request.getfixturevalue("write")()
        request.getfixturevalue("decide")(contribution, outcome, **words)
        return contribution

    return scene


def masked(request):
    contribution = request.getfixturevalue("write")()
    spans = request.getfixturevalue("subject").spans(contribution)
    request.getfixturevalue("decide")(contribution, "mask", spans=spans, seen_version=1)
    return contribution


SCENES = {
    "held": held,
    "held after an edit": held_after_an_edit,
    "withdrawn while it waited": withdrawn_while_it_waited,
    "hidden": decided("hide"),
    "hidden for the time being": decided("temporary", until=timezone.now() + timedelta(days=3)),
    "removed": decided("remove"),
    "masked": masked,
}


@pytest.fixture(params=SCENES)
def silenced(request):
    """A contribution whose secret nobody may read any more, or yet."""
    contribution = SCENES[request.param](request)
    cache.clear()
    return Contribution.objects.get(pk=contribution.pk)


@pytest.fixture
def was_public(request):
    return not request.node.callspec.params["silenced"].startswith(("held", "withdrawn"))


LEFT = pytest.mark.prove("sqlite", "postgresql")


@pytest.fixture(params=["nobody", pytest.param("newcomer", marks=LEFT), "reporter"])
def visitor(request, client):
    """Who reported something may read whatever a newcomer may."""
    user = request.getfixturevalue(request.param)
    if user.is_authenticated:
        client.force_login(user)
    return client


def words_of(response):
    """What a response says, in small letters; long tables come in pieces."""
    return response.getvalue().decode(errors="replace").lower()


def test_no_visitor_can_read_it_at_any_address(visitor, subject, silenced):
    read = {}
    for address in subject.addresses(silenced):
        for headers in subject.ways(address):
            response = visitor.get(address, follow=True, **headers)
            assert response.status_code < 500
            # A page that says that there is nothing repeats the address somebody asked for.
            if response.status_code != 404 and SECRET in words_of(response):
                read[address] = response.status_code

    assert read == {}


def test_no_search_finds_it(subject, silenced):
    call_command("update_index", verbosity=0)

    assert subject.found_by_search(SECRET) == []


def test_nothing_like_it_is_offered(subject, silenced):
    assert found_similar(silenced) == []


def test_its_words_stand_where_they_are_needed_and_nowhere_else(subject, silenced, was_public):
    call_command("update_index", verbosity=0)
    call_command("rebuild_references_index", verbosity=0)

    needed = {"civic_attribution_contribution", "civic_moderation_wordlist", *subject.tables}
    if was_public:
        needed |= {"civic_moderation_preservedtext", *PUBLISHED_VERSIONS}

    assert tables_with(SECRET) <= needed


@pytest.mark.parametrize("scene", ["masked", "removed"])
def test_words_taken_by_a_decision_are_kept_for_an_appeal_only(request, subject, scene):
    SCENES[scene](request)
    call_command("update_index", verbosity=0)
    call_command("rebuild_references_index", verbosity=0)

    assert tables_with(SECRET) == {"civic_moderation_preservedtext"}


def test_editors_of_the_site_cannot_read_it_in_the_admin(client, publisher, subject, silenced):  # noqa: F811
    client.force_login(publisher)
    read = {}
    for address in subject.admin_addresses(silenced):
        response = client.get(address, follow=True)
        assert response.status_code < 500
        if any(piece in words_of(response) for piece in PIECES):
            read[address] = response.status_code

    assert read == {}


def test_control_what_is_public_is_read_and_found(client, subject, write):
    contribution = write()

    read = [
        address
        for address in subject.addresses(contribution)
        if SECRET in words_of(client.get(address, follow=True))
    ]

    assert len(read) > 3
    assert bool(found_similar(contribution)) is subject.is_searched
    assert (SECRET in " ".join(subject.found_by_search(SECRET)).lower()) is subject.is_searched
    assert len(tables_with(SECRET)) > 2
