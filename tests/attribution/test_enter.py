"""Paper and workshops: entered by staff as it is written, claimed later with a code."""

import re
from io import BytesIO

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from civic_sourcing.attribution.actions.enter import ClaimByCode, EnterForSomebody
from civic_sourcing.attribution.credits.flow import credits_for
from civic_sourcing.attribution.credits.personal_records import CreditRecords
from civic_sourcing.attribution.entering.codes import find_code
from civic_sourcing.attribution.models import ClaimCode, Contribution, Role, Scan
from civic_sourcing.core import clock
from civic_sourcing.core.exceptions import ActionForbidden, ActionRefused, RateLimited
from tests.attribution.credit_people import *  # noqa: F403
from tests.attribution.credit_people import participant
from tests.scenes import maker

ADDRESS = "198.51.100.7"


@pytest.fixture(autouse=True)
def fresh_limits():
    cache.clear()


@maker
def enter(notes, process, official):
    def type_in(by=official, **facts):
        facts = {
            "kind": "note",
            "title": "A bench",
            "text": "By the river.",
            "language": "en",
            "channel": "paper",
            **facts,
        }
        action = EnterForSomebody(process, by=by, **facts)
        contribution = action.execute()
        return contribution, action.codes

    return type_in


def claim(typed, by):
    return ClaimByCode(find_code(typed, person=by.pk, address=ADDRESS), by=by).execute()


def test_entered_contribution_has_no_author_and_names_its_channel(enter, official):
    contribution, _codes = enter()

    assert (contribution.author, contribution.channel) == (None, "paper")
    assert contribution.entered_by == participant(official)


def test_code_makes_its_holder_the_author(enter, neighbour):
    contribution, (code,) = enter()

    claim(code, neighbour)

    contribution.refresh_from_db()
    assert contribution.author == participant(neighbour)


@pytest.mark.parametrize("spell", [str.lower, lambda code: code.replace("-", " ")])
def test_code_may_be_written_in_several_ways(enter, neighbour, spell):
    _contribution, (code,) = enter()

    assert claim(spell(code), neighbour).title == "A bench"


def test_o_is_taken_for_zero(enter, neighbour):
    _contribution, codes = enter(number=50)
    code = next(code for code in codes if "0" in code)

    claim(code.replace("0", "O"), neighbour)

    assert ClaimCode.objects.exclude(used_by=None).count() == 1


def test_one_wrong_symbol_is_told_to_check_it(enter, neighbour):
    _contribution, (code,) = enter()
    wrong = ("1" if code[0] != "1" else "2") + code[1:]

    with pytest.raises(ActionRefused, match="One symbol") as refusal:
        claim(wrong, neighbour)

    assert refusal.value.code == "mistyped"


def test_mistyped_code_costs_no_query(db, neighbour, django_assert_num_queries):
    with django_assert_num_queries(0), pytest.raises(ActionRefused, match="too long or too short"):
        find_code("7K3M", person=neighbour.pk, address=ADDRESS)


def test_guessing_is_stopped(db, neighbour, enter):
    _contribution, (code,) = enter()
    ClaimCode.objects.all().delete()

    for _each in range(10):
        with pytest.raises(ActionRefused, match="not known here"):
            claim(code, neighbour)
    with pytest.raises(RateLimited):
        claim(code, neighbour)


def test_nobody_guesses_while_nothing_can_be_counted(enter, neighbour, settings):
    _contribution, (code,) = enter()
    settings.CACHES = {"default": {"BACKEND": "tests.core.test_limits.BrokenCache"}}

    with pytest.raises(RateLimited):
        claim(code, neighbour)


def test_code_works_once(enter, neighbour, citizen):
    _contribution, (code,) = enter()
    claim(code, neighbour)

    with pytest.raises(ActionRefused, match="has been used"):
        claim(code, citizen)


def test_own_contribution_is_not_claimed_twice(enter, neighbour):
    _contribution, codes = enter(number=2)
    claim(codes[0], neighbour)

    with pytest.raises(ActionRefused, match="yours already"):
        claim(codes[1], neighbour)


def test_whoever_typed_it_in_cannot_claim_it(enter, official):
    _contribution, (code,) = enter()

    with pytest.raises(ActionRefused, match="for somebody else"):
        claim(code, official)


def test_revoked_code_is_refused(enter, neighbour):
    _contribution, (code,) = enter()
    ClaimCode.objects.update(revoked_at=clock.now())

    with pytest.raises(ActionRefused, match="revoked"):
        claim(code, neighbour)


def test_every_code_of_a_workshop_makes_an_originator(enter, neighbour, citizen):
    contribution, codes = enter(number=2, channel="workshop")

    claim(codes[0], neighbour)
    claim(codes[1], citizen)

    contribution.refresh_from_db()
    mentions = credits_for(contribution).mentions
    assert [(m.name, m.roles) for m in mentions] == [
        ("neighbour", [Role.ORIGINATOR]),
        ("citizen", [Role.ORIGINATOR]),
    ]


def test_name_on_paper_is_shown_until_its_bearer_claims(enter, neighbour):
    contribution, (code,) = enter(name_on_paper="Mrs Oh, 3rd floor")
    before = [mention.name for mention in credits_for(contribution).mentions]

    claim(code, neighbour)

    contribution.refresh_from_db()
    after = [mention.name for mention in credits_for(contribution).mentions]
    assert (before, after) == (["Mrs Oh, 3rd floor"], ["neighbour"])


def test_codes_are_kept_as_digests_only(enter):
    _contribution, (code,) = enter()
    row = ClaimCode.objects.get()

    assert code.replace("-", "") not in str(vars(row))
    assert len(row.digest) == 64


@pytest.mark.parametrize(
    ("facts", "code"),
    [({"channel": "online"}, "channel"), ({"number": 51}, "too-many-codes")],
)
def test_what_is_not_paper_is_refused(enter, facts, code):
    with pytest.raises(ActionRefused) as refusal:
        enter(**facts)

    assert refusal.value.code == code


@pytest.mark.parametrize(
    ("who", "allowed"),
    [("official", True), ("moderator", True), ("author", False), ("citizen", False)],
)
def test_who_may_enter_for_somebody(request, enter, who, allowed):
    user = request.getfixturevalue(who)

    if allowed:
        assert enter(by=user)[0].channel == "paper"
    else:
        with pytest.raises(ActionForbidden):
            enter(by=user)


# The desk and the page


@pytest.fixture
def card():
    stream = BytesIO()
    Image.new("RGB", (40, 30), "white").save(stream, "PNG")
    return SimpleUploadedFile("card.png", stream.getvalue(), "image/png")


@pytest.fixture
def typed(process, card):
    return {
        "place_key": f"note:{process.uuid}",
        "channel": "workshop",
        "language": "en",
        "title": "A bench",
        "text": "By the river.",
        "place": "Library",
        "number": "2",
        "scan": card,
    }


def test_desk_prints_the_codes_once(admin_client, notes, place, typed):
    response = admin_client.post(reverse("civic_attribution_admin:enter"), typed)

    html = response.content.decode()
    assert len(re.findall(r"\b[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}-[0-9A-Z]{2}\b", html)) == 2
    assert "no-store" in response["Cache-Control"]
    assert Contribution.objects.get().provenance.place == "Library"


def test_scan_is_for_staff_and_the_author(
    client, admin_client, notes, place, typed, neighbour, official
):
    admin_client.post(reverse("civic_attribution_admin:enter"), typed)
    url = Scan.objects.get().get_absolute_url()
    Contribution.objects.update(author=participant(neighbour))
    seen = {}

    for name, user in (("official", official), ("author", neighbour), ("nobody", None)):
        client.logout()
        if user:
            client.force_login(user)
        seen[name] = client.get(url).status_code

    assert seen == {"official": 200, "author": 200, "nobody": 404}


def test_erasing_the_author_takes_the_handwriting(admin_client, notes, place, typed, neighbour):
    admin_client.post(reverse("civic_attribution_admin:enter"), typed | {"note": "Speaks softly."})
    Contribution.objects.update(author=participant(neighbour))

    CreditRecords().erase(participant(neighbour), blank_texts=False)

    assert not Scan.objects.exists()
    assert Contribution.objects.get().provenance.note == ""


def test_desk_is_closed_to_people_without_a_role(client, notes, place, make_person):
    client.force_login(make_person("editor", is_staff=True))

    assert client.get(reverse("civic_attribution_admin:enter")).status_code in (302, 403)


def test_refusal_at_the_desk_keeps_what_was_typed(admin_client, notes, place, typed):
    response = admin_client.post(reverse("civic_attribution_admin:enter"), typed | {"number": "99"})

    assert "By the river." in response.content.decode()
    assert not Contribution.objects.exists()


def test_code_is_typed_on_a_page(client, enter, neighbour):
    contribution, (code,) = enter()
    client.force_login(neighbour)

    response = client.post(reverse("civic_attribution:claim_by_code"), {"code": code})

    assert response.url == reverse("civic_attribution:credits", args=[contribution.uuid])


def test_wrong_code_comes_back_with_its_sentence(client, enter, neighbour):
    _contribution, (code,) = enter()
    client.force_login(neighbour)
    wrong = ("1" if code[0] != "1" else "2") + code[1:]

    response = client.post(reverse("civic_attribution:claim_by_code"), {"code": wrong})

    assert response.status_code == 409
    assert "One symbol of this code seems to be wrong" in response.content.decode()
