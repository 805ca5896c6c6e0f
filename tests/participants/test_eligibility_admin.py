"""The office's screens: who sees them, what they do, and codes handed out once."""

import re
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from civic_sourcing.participants.codes.crockford import canonical
from civic_sourcing.participants.codes.finding import by_code
from civic_sourcing.participants.models import CodeBatch, EligibilityRule, VotingCode
from tests.scenes import maker

PRINTED = re.compile(r"\b(?:[0-9A-Z]{4}-){4}[0-9A-Z]{2}\b")


def signed_in(user, **kwargs):
    client = Client(**kwargs)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def address(name, *args):
    return reverse(f"civic_eligibility_admin:{name}", args=args)


@pytest.mark.parametrize(
    ("who", "screens"),
    [
        ("registrar", {"process", "conditions", "make_codes", "replace_code", "new_register"}),
        ("desk", {"process", "replace_code"}),
        ("other_registrar", set()),
        ("clerk", set()),
    ],
)
def test_each_screen_exists_for_its_roles_only(who, screens, request, process):
    client = signed_in(request.getfixturevalue(who))
    names = ["process", "conditions", "make_codes", "replace_code", "new_register"]

    found = {
        name
        for name in names
        if client.get(address(name, process.uuid), follow=True).status_code == 200
    }

    assert found == screens


@pytest.mark.parametrize(("who", "shown"), [("registrar", True), ("desk", True), ("clerk", False)])
def test_the_menu_offers_it_to_whoever_has_a_role(who, shown, request, place):
    page = signed_in(request.getfixturevalue(who)).get(reverse("wagtailadmin_home"))

    assert (address("index") in page.content.decode()) is shown


def test_the_list_names_the_processes_of_ones_own_role(registrar, place, elsewhere):
    page = signed_in(registrar).get(address("index")).content.decode()

    assert "River park" in page
    assert "Market square" not in page


def test_conditions_are_set_in_one_form(registrar, process, residents):
    form = {
        "signed-in": "on",
        "register": "on",
        "register-register": str(residents.uuid),
        "code-purpose": "voting",
        "office-en": "Ward office",
    }

    answer = signed_in(registrar).post(address("conditions", process.uuid), form)

    assert answer.status_code == 302
    rules = EligibilityRule.objects.values_list("verifier", "options")
    assert dict(rules)["register"] == {"register": str(residents.uuid), "name": "Residents"}
    assert process.office.texts["en"] == "Ward office"


@maker
def print_codes(registrar, process):
    def send(layout="cards", count=9, key=None):
        form = {
            "uuid": str(key or uuid4()),
            "purpose": "voting",
            "count": str(count),
            "layout": layout,
            "language": "en",
        }
        return signed_in(registrar).post(address("make_codes", process.uuid), form)

    return send


@pytest.mark.parametrize(("layout", "sheets"), [("cards", 2), ("letters", 9)])
def test_codes_come_in_one_file_to_print(print_codes, process, layout, sheets):
    answer = print_codes(layout)
    page = b"".join(answer.streaming_content).decode()

    codes = PRINTED.findall(page)
    assert len(set(codes)) == 9
    assert all(by_code(process, canonical(code)) for code in codes)
    assert page.count('class="sheet"') + page.count('class="letter"') == sheets
    assert "attachment" in answer["Content-Disposition"]
    assert "no-store" in answer["Cache-Control"]


def test_the_same_form_hands_out_codes_only_once(print_codes):
    key = uuid4()
    b"".join(print_codes(key=key).streaming_content)

    again = print_codes(key=key)

    assert again.status_code == 409
    assert not PRINTED.search(again.content.decode())
    assert CodeBatch.objects.count() == 1


def test_no_screen_shows_a_code_later(print_codes, registrar, process):
    codes = PRINTED.findall(b"".join(print_codes().streaming_content).decode())
    client = signed_in(registrar)
    screens = [
        address("process", process.uuid),
        address("batch", process.uuid, CodeBatch.objects.get().uuid),
    ]

    shown = "".join(client.get(screen).content.decode() for screen in screens)

    assert not [code for code in codes if code in shown]


@pytest.mark.parametrize(("purpose", "told"), [("voting", "10+"), ("invitation", "14")])
def test_used_voting_codes_are_told_in_tens_only(registrar, process, make_codes, purpose, told):
    batch = make_codes(20, purpose=purpose).batch
    used = batch.codes.filter(number__lte=14)
    used.update(state=VotingCode.State.USED, used_at=batch.made_at)

    page = signed_in(registrar).get(address("process", process.uuid)).content.decode()

    cells = {cell.strip() for cell in re.findall(r"<td[^>]*>([^<]*)</td>", page)}
    assert cells & {"10+", "14"} == {told}


def test_the_desk_replaces_a_code_by_its_number(desk, process, make_codes):
    serial = make_codes(1).codes[0].serial

    page = signed_in(desk).post(address("replace_code", process.uuid), {"number": serial})

    new = PRINTED.search(page.content.decode())[0]
    assert VotingCode.objects.get(number=1).state == "void"
    assert by_code(process, new).number == 2


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ({"number": "FFFFFF-1"}, "No code was found"),
        ({"typed": "0" * 17 + "1"}, "Please check it"),
        ({}, "No code was found"),
    ],
    ids=["unknown number", "mistyped code", "nothing"],
)
def test_the_desk_is_told_when_nothing_is_found(form, sentence, desk, process):
    page = signed_in(desk).post(address("replace_code", process.uuid), form)

    assert sentence in page.content.decode()


def test_a_register_is_not_uploaded_from_another_site(registrar, process, residents):
    client = signed_in(registrar, enforce_csrf_checks=True)

    answer = client.post(address("register", process.uuid, residents.uuid), {"import": "1"})

    assert answer.status_code == 403


def test_entering_codes_by_guessing_is_stopped(client, process, mina):
    client = signed_in(mina)
    where = reverse("civic_participants:code", args=[process.uuid])
    answers = [client.post(where, {"code": "0" * 18}).status_code for _number in range(11)]

    assert answers == [409] * 10 + [429]


def test_a_typing_error_is_no_attempt(process, mina):
    client = signed_in(mina)
    where = reverse("civic_participants:code", args=[process.uuid])

    answers = {client.post(where, {"code": "0" * 17 + "1"}).status_code for _number in range(12)}

    assert answers == {200}


def test_guessing_is_refused_while_nothing_can_be_counted(settings, process, mina):
    settings.CIVIC_SOURCING = {"LIMITS_CACHE": "a-cache-that-is-not-there"}
    where = reverse("civic_participants:code", args=[process.uuid])

    answer = signed_in(mina).post(where, {"code": "0" * 18})

    assert answer.status_code == 429


def test_a_right_code_leads_on_and_is_no_attempt(process, mina, make_codes, ask):
    ask(("code", {"purpose": "voting"}))
    code = make_codes(1).codes[0].code
    where = reverse("civic_participants:code", args=[process.uuid])

    page = signed_in(mina).post(where, {"code": code.lower()}, follow=True)

    assert "You can take part." in page.content.decode()
