"""
Enter every idea into the ledger, in the order of filing, and let its support point there.

One process after the other, a few ideas at a time. Taken back only while a process's ledger holds
nothing but ideas.
"""

import uuid
from itertools import islice

from django.db import migrations
from django.db.models import OuterRef, Subquery

from civic_sourcing.attribution.fingerprints import fresh_salt, text_digest, version_fingerprint
from civic_sourcing.core import triggers

CHUNK = 500


def enter_ideas(apps, schema_editor):
    using = schema_editor.connection.alias
    ideas = apps.get_model("civic_ideas", "IdeaPage").objects.using(using)
    waiting = ideas.filter(contribution=None)
    processes = waiting.order_by("process").values_list("process", flat=True).distinct()
    for process in list(processes):
        enter_process(apps, using, process)
    supports = apps.get_model("civic_ideas", "Support").objects.using(using)
    row = ideas.filter(pk=OuterRef("idea")).values("contribution")
    supports.filter(contribution=None).update(contribution=Subquery(row))


def enter_process(apps, using, process):
    ideas = apps.get_model("civic_ideas", "IdeaPage").objects.using(using)
    waiting = ideas.filter(process=process, contribution=None).order_by("filed_at", "pk")
    keys = waiting.values_list("pk", flat=True).iterator(chunk_size=CHUNK)
    chain = chain_of(apps, using, process)
    while some := list(islice(keys, CHUNK)):
        rows = ideas.filter(pk__in=some).select_related("process", "author", "locale")
        for idea in rows.order_by("filed_at", "pk"):
            enter_idea(apps, using, chain, idea)


def chain_of(apps, using, process):
    chains = apps.get_model("civic_attribution", "LedgerChain").objects.using(using)
    return chains.select_for_update().get_or_create(process_id=process)[0]


def enter_idea(apps, using, chain, idea):
    contributions = apps.get_model("civic_attribution", "Contribution").objects.using(using)
    chain.received += 1
    chain.save(update_fields=["received"])
    contribution = contributions.create(
        uuid=uuid.uuid4(),
        kind="idea",
        process_id=idea.process_id,
        author_id=idea.author_id,
        sequence=chain.received,
        received_at=idea.filed_at,
        state="published" if idea.live else "hidden",
        hidden_from="" if idea.live else "published",
        channel="online",
        language=idea.locale.language_code,
        title=idea.title,
    )
    publish(apps, using, chain, idea, contribution)
    type(idea).objects.using(using).filter(pk=idea.pk).update(contribution=contribution)


def publish(apps, using, chain, idea, contribution):
    versions = apps.get_model("civic_attribution", "ContributionVersion").objects.using(using)
    salt = fresh_salt()
    facts = {
        "number": 1,
        "author": idea.author.uuid,
        "published_at": idea.first_published_at or idea.filed_at,
        "position": chain.length + 1,
        "previous": chain.head,
    }
    digest = text_digest(idea.title, idea.description, salt=salt)
    fingerprint = version_fingerprint(
        contribution=contribution.uuid,
        kind=contribution.kind,
        language=contribution.language,
        received_at=contribution.received_at,
        digest=digest,
        process=idea.process.uuid,
        **facts,
    )
    versions.create(
        contribution=contribution,
        process_id=idea.process_id,
        title=idea.title,
        text=idea.description,
        salt=salt,
        text_digest=digest,
        fingerprint=fingerprint,
        **facts,
    )
    chain.length, chain.head = facts["position"], fingerprint
    chain.save(update_fields=["length", "head"])


def take_ideas_out(apps, schema_editor):
    using = schema_editor.connection.alias
    ideas = apps.get_model("civic_ideas", "IdeaPage").objects.using(using)
    supports = apps.get_model("civic_ideas", "Support").objects.using(using)
    contributions = apps.get_model("civic_attribution", "Contribution").objects.using(using)
    versions = apps.get_model("civic_attribution", "ContributionVersion").objects.using(using)
    chains = apps.get_model("civic_attribution", "LedgerChain").objects.using(using)
    entered = contributions.filter(kind="idea")
    processes = list(entered.order_by().values_list("process", flat=True).distinct())
    if contributions.filter(process__in=processes).exclude(kind="idea").exists():
        raise RuntimeError("The ledgers of idea forums hold more than ideas; they cannot go back.")
    supports.update(idea=Subquery(ideas.filter(contribution=OuterRef("contribution")).values("pk")))
    ideas.update(
        author=Subquery(contributions.filter(pk=OuterRef("contribution")).values("author"))
    )
    supports.update(contribution=None)
    ideas.update(contribution=None)
    triggers.lift(using)
    versions.filter(contribution__in=entered).delete()
    entered.delete()
    chains.filter(process__in=processes).delete()


class Migration(migrations.Migration):
    dependencies = [("civic_ideas", "0002_contributions")]

    operations = [migrations.RunPython(enter_ideas, take_ideas_out)]
