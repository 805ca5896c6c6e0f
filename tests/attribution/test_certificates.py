"""The certificate, the check page, and what machines read."""

import hashlib
import hmac
import html
import json
import re

import pytest
from django.db import transaction
from django.urls import reverse

from civic_sourcing.attribution import ledger
from civic_sourcing.attribution.certificates.checking import find, read_fingerprint
from civic_sourcing.attribution.certificates.linked_data import creative_work, script
from civic_sourcing.attribution.credits.flow import credits_for
from civic_sourcing.core.exceptions import ActionRefused
from tests.attribution.credit_people import *  # noqa: F403


@pytest.fixture
def version(contribution):
    return contribution.versions.get()


@pytest.fixture
def check(client):
    def get(fingerprint):
        return client.get(reverse("civic_attribution:check_fingerprint", args=[fingerprint]))

    return get


def test_certificate_shows_people_time_and_fingerprint(client, contribution, version):
    url = reverse("civic_attribution:certificate", args=[contribution.uuid])

    page = client.get(url).content.decode()

    assert "mina" in page
    assert version.fingerprint in page
    assert contribution.received_at.strftime("%Y-%m-%d %H:%M:%S.%f UTC") in page
    assert f"urn:uuid:{contribution.uuid}" in page


@pytest.mark.parametrize(
    ("who", "status"),
    [("author", 200), ("official", 200), ("neighbour", 404), (None, 404)],
    ids=["author", "official", "neighbour", "signed out"],
)
def test_certificate_of_what_is_hidden_is_for_its_people(
    request, client, contribution, who, status
):
    contribution.state = "hidden"
    contribution.save()
    if who:
        client.force_login(request.getfixturevalue(who))

    url = reverse("civic_attribution:certificate", args=[contribution.uuid])

    assert client.get(url).status_code == status


def test_known_fingerprint_says_what_it_belongs_to(check, contribution, version):
    page = check(version.fingerprint).content.decode()

    assert "It belongs to version 1 of" in page
    assert "A bench" in page


def test_unknown_fingerprint_is_said_to_be_unknown(check, contribution):
    response = check("0" * 64)

    assert response.status_code == 404
    assert "not known here" in response.content.decode()


@pytest.mark.parametrize(
    ("typed", "sentence"), [("abc", "This has 3"), ("z" * 64, "only the digits 0 to 9")]
)
def test_what_is_no_fingerprint_is_refused(typed, sentence):
    with pytest.raises(ActionRefused, match=sentence):
        read_fingerprint(typed)


def test_fingerprint_may_be_typed_as_printed(version):
    printed = " ".join(version.fingerprint[start : start + 8] for start in range(0, 64, 8)).upper()

    assert read_fingerprint(printed) == version.fingerprint


def test_form_leads_to_the_address_of_the_fingerprint(client, version):
    response = client.get(
        reverse("civic_attribution:check"), {"fingerprint": f" {version.fingerprint.upper()} "}
    )

    assert response.url.endswith(f"/check/{version.fingerprint}/")


def test_anybody_can_recompute_what_the_page_shows(check, version):
    page = check(version.fingerprint).content.decode()
    words, salt, document = (
        html.unescape(each) for each in re.findall(r"<pre[^>]*>(.*?)</pre>", page, re.DOTALL)
    )

    digest = hmac.new(bytes.fromhex(salt), words.encode(), hashlib.sha256).hexdigest()

    assert json.loads(document)["digest"] == digest
    assert hashlib.sha256(document.encode()).hexdigest() == version.fingerprint
    assert json.loads(words) == {"title": "A bench", "text": "By the river."}


def test_blanked_version_is_said_to_be_blanked(check, contribution, version):
    with transaction.atomic():
        ledger.blank(contribution)

    page = check(version.fingerprint).content.decode()

    assert "Its text was removed" in page
    assert "By the river." not in page


def test_hidden_contribution_has_no_words_on_the_check_page(check, contribution, version):
    contribution.state = "hidden"
    contribution.save()

    page = check(version.fingerprint).content.decode()

    assert "not public at the moment" in page
    assert "A bench" not in page
    assert version.salt not in page


def test_earlier_version_says_there_is_a_later_one(check, contribution, version):
    with transaction.atomic():
        ledger.publish_version(contribution, title="A bench", text="With a back.")

    assert "There is a later version" in check(version.fingerprint).content.decode()


def test_finding_holds_for_what_was_not_changed(version):
    assert find(version.fingerprint).holds


def described(contribution):
    return creative_work(
        contribution, credits_for(contribution), lambda path: f"https://town.example{path}"
    )


def test_machines_read_author_licence_and_dates(contribution, version):
    work = described(contribution)

    assert work["@type"] == "CreativeWork"
    assert work["author"] == [{"@type": "Person", "name": "mina"}]
    assert work["dateCreated"] == contribution.received_at.isoformat()
    assert work["url"] == f"https://town.example/notes/{contribution.uuid}/"


def test_merged_contribution_is_based_on_its_originals(contribution, shade, merged):
    work = described(merged)

    assert work["isBasedOn"] == [
        f"https://town.example/notes/{row.uuid}/" for row in (contribution, shade)
    ]
    assert {person["name"] for person in work["contributor"]} == {"mina", "neighbour", "official"}
    assert "author" not in work


def test_hidden_original_is_no_basis_for_machines(shade, merged):
    shade.state = "hidden"
    shade.save()

    assert len(described(merged)["isBasedOn"]) == 1


def test_words_of_citizens_end_no_script(receive):
    work = described(receive("</script><script>alert('&')</script>"))

    text = script(work)

    body = text.removeprefix('<script type="application/ld+json">').removesuffix("</script>")
    assert "<" not in body
    assert json.loads(body)["name"] == "</script><script>alert('&')</script>"
