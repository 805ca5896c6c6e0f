"""What managers do about entries and questions in Wagtail's admin."""

from django.urls import reverse

from civic_sourcing.challenges.models import Entry, SolverQuestion
from civic_sourcing.core.clock import now

from .conftest import SAID, SECRET


def desk(name, page, *args):
    return reverse(f"civic_entries_admin:{name}", args=[page.process.uuid, *args])


def test_manager_enters_for_somebody_and_cannot_read_it_again(client, challenge, office, rival):
    client.force_login(office)
    assert client.get(desk("enter_for", challenge)).status_code == 200

    answer = client.post(desk("enter_for", challenge), {**SAID, "solver": "rival"}, follow=True)

    entry = Entry.objects.get()
    assert (entry.captain.user, entry.verified_at) == (rival, None)
    assert SECRET not in answer.text
    assert client.get(desk("entry", challenge, entry.uuid), follow=True).status_code == 404


def test_manager_replies_and_declines(client, challenge, office, rival):
    asked = [
        SolverQuestion.objects.create(
            process=challenge.process, text=text, language="en", asked_at=now()
        )
        for text in ("May it be portable?", "Who judges?")
    ]
    client.force_login(office)
    assert "May it be portable?" in client.get(desk("questions", challenge)).text
    reply, decline = (
        desk(name, challenge, row.uuid)
        for name, row in zip(("reply", "decline"), asked, strict=True)
    )
    assert {client.get(reply).status_code, client.get(decline).status_code} == {200}

    client.post(reply, {"question": "Portable?", "reply": "Yes, it may."})
    client.post(decline, {"reason": "That is on the page already."})

    public = client.get(f"{challenge.url}questions/").text
    assert ("Portable?" in public, "Yes, it may." in public, "Who judges?" in public) == (
        True,
        True,
        False,
    )


def test_questions_of_another_challenge_are_not_here(client, make_challenge, challenge, office):
    other = make_challenge("Elsewhere")
    row = SolverQuestion.objects.create(
        process=other.process, text="?", language="en", asked_at=now()
    )
    client.force_login(office)

    assert client.get(desk("reply", challenge, row.uuid), follow=True).status_code == 404
