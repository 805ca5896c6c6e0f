"""Before the deadline nobody but the team learns what is in an entry, by no route."""

import json

import pytest
from django.apps import apps
from django.core import mail
from django.urls import reverse
from wagtail.models import Revision

from civic_sourcing.attribution.contributions.pages import URL_NAME as LEDGER
from civic_sourcing.attribution.models import Contribution, ContributionVersion
from civic_sourcing.challenges.models import Entry, EntryFile
from civic_sourcing.challenges.policies import may_read_entries
from civic_sourcing.challenges.sealing import may_read, opened_document
from civic_sourcing.core.clock import now
from civic_sourcing.core.personal_records import personal_records
from civic_sourcing.core.policies import Occasion
from civic_sourcing.participants.models import Participant

from .conftest import SECRET
from .test_pages import at, pdf

OWN = {"civic_challenges.entry", "civic_challenges.submission"}


def test_only_the_rows_of_the_entry_hold_its_words(handed_in):
    holders = {
        model._meta.label_lower
        for model in apps.get_models()
        if model._meta.managed and not model._meta.proxy
        for row in model._base_manager.values()
        if SECRET in json.dumps(row, default=str)
    }

    assert holders == OWN
    assert not Contribution.objects.exists()
    assert not ContributionVersion.objects.exists()
    assert not any(SECRET in json.dumps(row.content) for row in Revision.objects.all())
    assert not any(SECRET in letter.body for letter in mail.outbox)


def test_staff_finds_nothing_on_any_screen(client, challenge, handed_in, administrator, office):
    uuid = challenge.process.uuid
    screens = [
        challenge.url,
        f"{challenge.url}enter/",
        f"{challenge.url}entries/",
        reverse("civic_entries_admin:entries", args=[uuid]),
        reverse("civic_entries_admin:entry", args=[uuid, handed_in.uuid]),
        reverse("civic_judging_admin:panel", args=[uuid]),
        reverse("civic_judging_admin:round", args=[uuid, 1]),
        reverse(f"{LEDGER}:index"),
        reverse("wagtailadmin_pages:edit", args=[challenge.pk]),
        reverse("wagtailadmin_pages:history", args=[challenge.pk]),
        f"{reverse('wagtailadmin_pages:search')}?q=Misting",
        reverse("wagtailadmin_home"),
    ]
    for user in (administrator, office):
        client.force_login(user)
        for screen in screens:
            answer = client.get(screen, follow=True)
            said = answer.text
            assert answer.status_code in {200, 404}, screen

            assert SECRET not in said, screen
            assert str(handed_in.receipt) not in said, screen


def test_what_others_keep_about_themselves_does_not_tell(handed_in, manager, rival, neighbour):
    for user in (manager, rival, neighbour):
        participant = Participant.objects.of(user)
        for handler in personal_records():
            told = json.dumps(handler.export(participant), default=str)

            assert SECRET not in told + str(handler.summary(participant)), handler.name


def test_number_is_told_in_steps(client, challenge, handed_in, office):
    client.force_login(office)

    answer = client.get(reverse("civic_entries_admin:entries", args=[challenge.process.uuid]))

    assert "fewer than 10 entries" in answer.text


def test_files_are_sealed_as_the_words(client, challenge, draft, solver, hand_in, administrator):
    client.force_login(solver)
    client.post(at(challenge, draft, "files/"), {"file": pdf(), "go": "add:"})
    hand_in(draft, solver)
    url = EntryFile.objects.get().get_absolute_url()
    assert client.get(url).status_code == 200

    client.force_login(administrator)

    assert client.get(url).status_code == 404


def test_opened_at_the_deadline_for_managers_and_not_for_the_public(
    handed_in, after_deadline, set_clock, office, rival, client, challenge
):
    assert opened_document(handed_in, now()) is None
    assert not may_read_entries.allows(Occasion(office, handed_in, now()))

    entry = after_deadline(handed_in, set_clock)

    assert opened_document(entry, now())["title"] == SECRET
    assert may_read(office, entry, now())
    assert not may_read(rival, entry, now())
    client.force_login(office)
    url = reverse("civic_entries_admin:entry", args=[challenge.process.uuid, entry.uuid])
    assert SECRET in client.get(url).text
    assert client.get(f"{challenge.url}entries/1/").status_code == 404


@pytest.mark.parametrize("state", ["draft", "withdrawn"])
def test_what_is_not_handed_in_is_never_opened(draft, set_clock, state):
    Entry.objects.update(state=state, words={"title": SECRET}, handed_in={"title": SECRET})
    draft.refresh_from_db()
    set_clock(draft.round.closes_at)

    assert opened_document(draft, now()) is None
