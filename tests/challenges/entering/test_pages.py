"""The pages of entering, as a browser without JavaScript gets them."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from civic_sourcing.challenges.actions.entries import empty
from civic_sourcing.challenges.entering.drafts import keep
from civic_sourcing.challenges.models import Entry, EntryFile, EntryQuestion

from .conftest import SAID, SECRET

PDF = b"%PDF-1.4\n1 0 obj\nendobj\n%%EOF\n"
MINE = ("", "files/", "team/", "check/", "receipt/", "withdraw/")


def pdf(name="plan.pdf", content=PDF):
    return SimpleUploadedFile(name, content, content_type="application/pdf")


def at(page, entry, step=""):
    return f"{page.url}enter/{entry.uuid}/{step}"


def test_from_the_challenge_to_the_receipt(client, challenge, solver):
    client.force_login(solver)
    answer = client.get(challenge.url)
    assert f"{challenge.url}enter/" in answer.text

    begun = client.post(f"{challenge.url}enter/")
    entry = Entry.objects.get()
    assert begun.url == at(challenge, entry)
    written = client.post(begun.url, {**SAID, "go": "next"})
    assert written.url == at(challenge, entry, "files/")
    added = client.post(written.url, {"file": pdf(), "go": "add:"})
    assert added.url == written.url
    assert client.get(at(challenge, entry, "team/")).status_code == 200
    check = client.get(at(challenge, entry, "check/"))
    assert SECRET in check.text
    key = check.context["terms"]["request_key"].value()
    first = client.post(at(challenge, entry, "check/"), {"request_key": key})
    again = client.post(at(challenge, entry, "check/"), {"request_key": key})
    receipt = client.get(first.url)

    entry.refresh_from_db()
    assert (entry.state, entry.version, again.url) == ("submitted", 1, first.url)
    assert entry.receipt in receipt.text
    assert "plan.pdf" in receipt.text
    assert EntryFile.objects.get().counts


@pytest.mark.parametrize("end", ["", "written", "withdrawn", "returned"])
def test_own_entries_stand_in_a_list_and_can_be_opened_whatever_became_of_them(
    client, challenge, draft, solver, end
):
    if end == "written":
        keep(draft, SAID)
    elif end:
        empty(draft, end, at=draft.created_at)
    client.force_login(solver)

    for address in (f"{challenge.url}enter/", at(challenge, draft, "receipt/")):
        answer = client.get(address)
        assert answer.status_code == 200
        assert (SECRET in answer.text) == (end == "written")


@pytest.mark.parametrize("step", MINE)
def test_nobody_but_the_team_opens_an_entry_by_its_number(
    client, challenge, handed_in, rival, manager, administrator, step
):
    for user in (rival, manager, administrator):
        client.force_login(user)

        assert client.get(at(challenge, handed_in, step)).status_code == 404
        assert client.post(at(challenge, handed_in, step), {**SAID}).status_code in {404, 405}


def test_entry_of_another_challenge_is_not_here(client, make_challenge, handed_in, solver):
    elsewhere = make_challenge("Elsewhere")
    client.force_login(solver)

    assert client.get(at(elsewhere, handed_in)).status_code == 404


def test_what_was_typed_is_kept_when_something_is_wrong(client, challenge, draft, solver):
    client.force_login(solver)

    answer = client.post(at(challenge, draft), {**SAID, "title": "", "go": "next"})

    assert answer.status_code == 422
    assert SAID["description"] in client.get(at(challenge, draft)).text


@pytest.mark.parametrize(
    ("file", "said"),
    [
        (pdf("page.pdf", b"<!doctype html><script>alert(1)</script>"), "Only JPEG, PNG"),
        (pdf("page.pdf", b"%PDF-1.4 <html><script>1</script> %%EOF"), "begins with a web page"),
        (pdf("huge.pdf", PDF + b"0" * 60_000_000), "too large"),
    ],
    ids=["html called pdf", "html in a pdf", "60 MB"],
)
def test_bad_files_are_refused_with_a_sentence(client, challenge, draft, solver, file, said):
    client.force_login(solver)

    answer = client.post(at(challenge, draft, "files/"), {"file": file, "go": "add:"})

    assert answer.status_code == 422
    assert said in answer.text
    assert not EntryFile.objects.exists()


def test_file_that_counts_stays_until_it_is_handed_in_again(
    client, challenge, draft, solver, hand_in
):
    client.force_login(solver)
    client.post(at(challenge, draft, "files/"), {"file": pdf(), "go": "add:"})
    hand_in(draft, solver)
    file = EntryFile.objects.get()

    client.post(at(challenge, draft, "files/"), {"go": f"remove:{file.number}"})

    assert "plan.pdf" in client.get(at(challenge, draft, "receipt/")).text
    hand_in(Entry.objects.get(), solver)
    assert not EntryFile.objects.exists()


def test_every_kind_of_question_is_asked_and_kept(client, challenge, draft, solver):
    page, entry, round_ = challenge, draft, draft.round
    asked = {
        "text": "Where?", "long": "How?", "number": "12.50", "date": "2026-12-01",
        "choice": "1", "url": "https://example.org/film",
    }  # fmt: skip
    for position, kind in enumerate(asked):
        EntryQuestion.objects.create(
            round=round_, kind=kind, labels={"en": kind}, position=position, is_required=True,
            choices=[{"en": "Oak"}, {"en": "Lime"}] if kind == "choice" else [],
        )  # fmt: skip
    client.force_login(solver)
    given = {question.field_name: asked[question.kind] for question in round_.questions.all()}

    written = client.post(at(page, entry), {**SAID, **given, "go": "next"})
    client.post(at(page, entry, "check/"), {"request_key": ""})

    entry.refresh_from_db()
    assert written.status_code == 302
    texts = [reply["text"] for reply in entry.handed_in["replies"]]
    assert texts == [
        "Where?",
        "How?",
        "12.5",
        "1 December 2026",
        "Lime",
        "https://example.org/film",
    ]


def test_after_the_deadline_what_was_typed_can_be_copied(
    client, challenge, draft, solver, set_clock
):
    client.force_login(solver)
    client.post(at(challenge, draft), {**SAID, "go": "save"})
    set_clock(draft.round.closes_at)

    late = client.post(at(challenge, draft, "check/"), {"request_key": ""})

    assert late.status_code == 409
    assert SECRET in late.text
    assert SAID["description"] in client.get(at(challenge, draft, "receipt/")).text
