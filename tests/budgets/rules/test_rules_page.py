"""Everybody can read the frozen rules, in their language, and check that none was changed."""

import hashlib
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model

from civic_sourcing.budgets.actions import WithdrawProject
from civic_sourcing.budgets.actions.casting import LengthenVote, ProposeLengthening
from civic_sourcing.budgets.models import Project, VoteArea
from civic_sourcing.budgets.rule_verification import verify_rules
from civic_sourcing.core.audit.verification import Verification
from civic_sourcing.core.testing import triggers_suspended

pytestmark = pytest.mark.django_db


def parts_changed():
    return [finding.message.split("“")[1].split("”")[0] for finding in verify_rules(Verification())]


def test_before_a_vote_opens_there_is_nothing_to_read(vote, prepared, client):
    for address in ("rules/", "rules/json/"):
        assert client.get(vote.get_url() + address).status_code == 404
    assert "Fingerprint" not in client.get(vote.get_url()).content.decode()


def test_the_rules_are_told_with_the_fingerprint_of_their_file(vote, run, client):
    page = client.get(vote.get_url() + "rules/").content.decode()
    file = client.get(vote.get_url() + "rules/json/")

    assert hashlib.sha256(file.content).hexdigest() == run.digest
    assert run.digest in page
    assert run.digest in client.get(vote.get_url()).content.decode()
    for told in (
        "Neulbom: €10 for the projects there.",
        "At most so many projects are chosen: 3.",
        "You are signed in.",
        "By score, skipping what does not fit",
        "Project A",
    ):
        assert told in page.replace("\N{NO-BREAK SPACE}", " "), told


def test_the_same_rules_are_told_in_korean(vote, run, client, korean_home, korean):
    translated = vote.copy_for_translation(korean)
    translated.save_revision().publish()

    page = client.get(translated.get_url() + "rules/").content.decode()

    assert run.digest in page
    assert "늘봄시: 예산" in page
    assert "투표자" in page


def test_what_was_decided_since_is_told_with_its_reasons(vote, run, client, clerk):
    second = get_user_model().objects.create_superuser("second", password="demo")
    end = run.closes_at + timedelta(days=2)
    proposal = ProposeLengthening(run, by=clerk, closes_at=end, reason="Snow & ice").execute()
    assert "Snow" not in client.get(vote.get_url() + "rules/").content.decode()
    LengthenVote(proposal, by=second).execute()
    WithdrawProject(Project.objects.get(number="B"), by=clerk, reason="Too <steep>").execute()

    page = client.get(vote.get_url() + "rules/").content.decode()

    assert "Snow &amp; ice" in page
    assert "“B Project B” was withdrawn" in page
    assert "(withdrawn)" in page
    assert "Too &lt;steep&gt;" in page
    assert run.digest in page
    assert parts_changed() == []


def test_civic_verify_notices_rows_that_are_no_longer_as_frozen(run):
    with triggers_suspended():
        VoteArea.objects.filter(code="north").update(budget=1)
        Project.objects.filter(number="A").update(cost=1)

    assert parts_changed() == ["areas", "projects"]
