"""What the database itself refuses, whoever writes."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from civic_sourcing.attribution.models import (
    Contribution,
    ContributionVersion,
    LedgerChain,
    Licence,
    LicenceVersion,
)
from civic_sourcing.core import triggers


def other_process(process):
    return type(process).objects.create(translation_key=process.uuid, kind="ideas")


WRITES = {
    "delete a contribution": lambda row: Contribution.objects.all()._raw_delete("default"),
    "change its kind": lambda row: Contribution.objects.update(kind="other"),
    "change its time": lambda row: Contribution.objects.update(received_at=timezone.now()),
    "change its language": lambda row: Contribution.objects.update(language="ko"),
    "change its channel": lambda row: Contribution.objects.update(channel="paper"),
    "take its licence away": lambda row: Contribution.objects.update(licence=None),
    "change the duty": lambda row: Contribution.objects.update(made_on_duty=True),
    "delete a version": lambda row: ContributionVersion.objects.all()._raw_delete("default"),
    "change a version's text": lambda row: ContributionVersion.objects.update(text="Other."),
    "change its fingerprint": lambda row: ContributionVersion.objects.update(fingerprint="0" * 64),
    "blank half a version": lambda row: ContributionVersion.objects.update(text=""),
    "insert beside the chain": lambda row: ContributionVersion.objects.create(
        contribution=row, number=9, text_digest="0" * 64, published_at=timezone.now(),
        process=row.process, position=9, previous="0" * 64, fingerprint="1" * 64,
    ),
    "delete the head": lambda row: LedgerChain.objects.all()._raw_delete("default"),
    "move the head back": lambda row: LedgerChain.objects.update(length=0),
    "move the head without a version": lambda row: LedgerChain.objects.update(length=2),
    "count back": lambda row: LedgerChain.objects.update(received=0),
    "begin a chain in the middle": lambda row: LedgerChain.objects.create(
        process=other_process(row.process), length=3
    ),
    "change a wording": lambda row: LicenceVersion.objects.update(summaries={"en": "All."}),
    "delete a wording": lambda row: LicenceVersion.objects.all()._raw_delete("default"),
}  # fmt: skip


@pytest.fixture
def licensed(receive):
    from civic_sourcing.attribution.ledger import Terms

    wording = LicenceVersion.objects.get(licence__key="cc-by-4.0")
    return receive(terms=Terms(licence=wording))


@pytest.mark.parametrize("write", WRITES.values(), ids=WRITES.keys())
def test_the_database_refuses_to(licensed, write):
    with pytest.raises(IntegrityError), transaction.atomic():
        write(licensed)


@pytest.mark.parametrize(
    "write", [WRITES["change its kind"], WRITES["change a version's text"]], ids=["row", "version"]
)
def test_control_without_triggers_it_would_not(licensed, write):
    triggers.lift()

    write(licensed)

    assert Contribution.objects.get().kind == "other" or licensed.versions.get().text == "Other."


def test_licence_can_be_chosen_later_once(contribution):
    wording = LicenceVersion.objects.get(licence__key="cc-by-4.0")

    Contribution.objects.filter(pk=contribution.pk).update(licence=wording)

    with pytest.raises(IntegrityError), transaction.atomic():
        Contribution.objects.filter(pk=contribution.pk).update(
            licence=LicenceVersion.objects.get(licence__key="cc0-1.0")
        )


@pytest.mark.parametrize(
    "facts", [{"state": "lost"}, {"state": "held"}, {"held_by": "x"}], ids=["unknown", "held", "by"]
)
def test_states_that_cannot_be_are_refused(contribution, facts):
    with pytest.raises(IntegrityError), transaction.atomic():
        Contribution.objects.filter(pk=contribution.pk).update(**facts)


def test_two_rows_cannot_have_one_number(receive, contribution):
    other = receive()

    with pytest.raises(IntegrityError), transaction.atomic():
        Contribution.objects.filter(pk=other.pk).update(sequence=1)


def test_licence_in_use_cannot_be_deleted(licensed):
    with pytest.raises(IntegrityError), transaction.atomic():
        Licence.objects.get(key="cc-by-4.0").delete()
