"""Licences: offered per process, worded in versions, chosen for good."""

import pytest
from django.urls import reverse
from django.utils import translation

from civic_sourcing.attribution.actions import OfferLicences, WordLicence
from civic_sourcing.attribution.licences import chosen, offered
from civic_sourcing.attribution.models import Licence, LicenceVersion
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.participants.consents import name_of
from civic_sourcing.participants.models import ConsentRecord

KEYS = {"city-purpose", "cc-by-4.0", "cc-by-sa-4.0", "cc0-1.0", "all-rights-kept"}


def licence(key):
    return Licence.objects.get(key=key)


def test_town_begins_with_five_licences_in_two_languages(db):
    wordings = LicenceVersion.objects.filter(licence__key__in=KEYS)

    assert {wording.licence.key for wording in wordings} == KEYS
    for wording in wordings:
        assert wording.summaries["en"]
        assert wording.summaries["ko"]
        with translation.override("ko"):
            assert wording.summary == wording.summaries["ko"]


def test_process_that_chose_none_leaves_rights_with_the_proposer(process):
    assert [version.licence.key for version in offered(process)] == ["city-purpose"]
    assert not offered(process)[0].licence.claims_rights


def test_process_offers_what_was_chosen_in_that_order(process):
    OfferLicences(process, by=None, licences=[licence("cc0-1.0"), licence("cc-by-4.0")]).execute()

    assert [version.licence.key for version in offered(process)] == ["cc0-1.0", "cc-by-4.0"]
    assert chosen(process, None).licence.key == "cc0-1.0"


def test_none_at_all_is_the_protective_default_again(process):
    OfferLicences(process, by=None, licences=[licence("cc0-1.0")]).execute()
    OfferLicences(process, by=None, licences=[]).execute()

    assert [version.licence.key for version in offered(process)] == ["city-purpose"]


def test_retired_licence_is_not_offered(process):
    retired = licence("cc0-1.0")
    OfferLicences(process, by=None, licences=[retired, licence("cc-by-4.0")]).execute()
    Licence.objects.filter(pk=retired.pk).update(retired=True)

    assert [version.licence.key for version in offered(process)] == ["cc-by-4.0"]
    with pytest.raises(ActionRefused):
        OfferLicences(process, by=None, licences=[licence("cc0-1.0")]).execute()


def test_other_words_make_a_new_version_and_leave_the_old_one(process):
    row = licence("city-purpose")
    before = row.current

    WordLicence(row, by=None, names={"en": "City"}, summaries={"en": "New words."}).execute()

    assert row.current.number == before.number + 1
    assert LicenceVersion.objects.get(pk=before.pk).summaries == before.summaries
    assert offered(process) == [row.current]


def test_same_words_make_no_new_version(db):
    row = licence("city-purpose")

    WordLicence(row, by=None, names=row.current.names, summaries=row.current.summaries).execute()

    assert row.versions.count() == 1


def test_older_wording_cannot_be_chosen_any_more(process):
    row = licence("city-purpose")
    before = row.current
    WordLicence(row, by=None, names={"en": "City"}, summaries={"en": "New words."}).execute()

    with pytest.raises(ActionRefused) as refused:
        chosen(process, before)

    assert refused.value.code == "licence-not-offered"


@pytest.fixture
def at_desk(client, make_person):
    client.force_login(make_person("root", is_superuser=True, is_staff=True))
    return client


def words(**changes):
    return {
        "key": "town", "url": "", "name_en": "Town licence", "summary_en": "The town may print it.",
        "name_ko": "", "summary_ko": "", **changes,
    }  # fmt: skip


def test_editor_adds_a_licence_of_the_towns_own(at_desk):
    response = at_desk.post(reverse("civic_licences_admin:add"), words())

    assert response.status_code == 302
    assert licence("town").current.summaries == {"en": "The town may print it."}


def test_editor_changes_the_words_and_a_new_version_appears(at_desk):
    at_desk.post(reverse("civic_licences_admin:add"), words())
    row = licence("town")

    at_desk.post(
        reverse("civic_licences_admin:edit", args=[row.pk]), words(summary_en="Other words.")
    )

    assert row.versions.count() == 2
    assert row.current.summaries == {"en": "Other words."}


def test_licence_without_words_is_refused_with_a_sentence(at_desk):
    response = at_desk.post(reverse("civic_licences_admin:add"), words(name_en="", summary_en=""))

    assert "at least one language" in response.content.decode()
    assert not Licence.objects.filter(key="town").exists()


def test_licences_are_listed_and_cannot_be_deleted(at_desk):
    assert "CC BY 4.0" in at_desk.get(reverse("civic_licences_admin:index")).content.decode()

    address = reverse("civic_licences_admin:delete", args=[licence("cc0-1.0").pk])

    assert at_desk.post(address).status_code in {302, 403}
    assert licence("cc0-1.0")


@pytest.mark.parametrize(
    ("kind", "version", "shown"),
    [
        pytest.param("licence:city-purpose", "1", "시가 이 목적에만 쓸 수 있음", id="a licence"),
        pytest.param("licence:cc-by-4.0", "9", "CC BY 4.0", id="a wording not known here"),
        pytest.param("licence:gone", "1", "licence:gone", id="a licence not known here"),
        pytest.param("licence:cc-by-4.0", "4.0", "CC BY 4.0", id="another way to count"),
        pytest.param("terms", "1", "참여 약관", id="a legal text"),
        pytest.param("charter:night", "1", "charter:night", id="a kind nobody knows"),
    ],
)
def test_what_people_agreed_to_has_its_name_in_their_language(db, kind, version, shown):
    with translation.override("ko"):
        name = name_of(ConsentRecord(kind=kind, version=version))

    assert name == shown
