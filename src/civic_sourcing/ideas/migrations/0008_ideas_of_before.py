"""
Count and read the ideas that were there before there were tallies, and say where they stand.

Some ideas at a time. Nobody is told of a stage that is old news. Idea pages of a site's own are
counted by ``civic_tick``.
"""

from collections import defaultdict
from itertools import islice

from django.db import migrations
from django.db.models import Q

from civic_sourcing.ideas import trend
from civic_sourcing.ideas.search import folding

CHUNK = 500
WITHDRAWN = Q(contribution__state="withdrawn") | Q(
    contribution__state="hidden", contribution__hidden_from="withdrawn"
)
DERIVED = {"merges": "merged", "becomes_project": "ballot", "adopted": "accepted"}
"""Where the kind of a derivation has led, the one that decides first."""


def count_and_read(apps, schema_editor):
    using = schema_editor.connection.alias
    missing = Q(contribution__idea_tally=None) | Q(contribution__idea_text=None)
    for ideas in chunks(apps, using, missing | ~Q(contribution__idea_text__format=folding.FORMAT)):
        keys = [idea.contribution_id for idea in ideas]
        write_tallies(apps, using, ideas, keys)
        write_texts(apps, using, ideas)


def put_where_they_stand(apps, schema_editor):
    using = schema_editor.connection.alias
    changes = apps.get_model("civic_ideas", "StageChange").objects.using(using)
    moved = WITHDRAWN | Q(contribution__derived__kind__in=DERIVED)
    untold = Q(stage="published", contribution__stage_changes=None)
    for ideas in chunks(apps, using, moved & untold):
        ends = ends_of(apps, using, ideas)
        changes.bulk_create(
            changes.model(
                contribution_id=idea.contribution_id,
                before="published",
                after=stage,
                cause="author" if stage == "withdrawn" else "ledger",
                changed_at=at,
            )
            for idea in ideas
            for stage, at in [ends[idea.contribution_id]]
        )
        for stage in {stage for stage, _at in ends.values()}:
            there = [idea.pk for idea in ideas if ends[idea.contribution_id][0] == stage]
            type(ideas[0]).objects.using(using).filter(pk__in=there).update(stage=stage)


def chunks(apps, using, condition):
    """Ideas that meet ``condition`` before anything is changed, some at a time."""
    ideas = apps.get_model("civic_ideas", "IdeaPage").objects.using(using)
    found = ideas.filter(condition).order_by("pk").distinct().values_list("pk", flat=True)
    keys = iter(list(found))
    while some := list(islice(keys, CHUNK)):
        yield list(ideas.filter(pk__in=some).select_related("contribution").order_by("pk"))


def write_tallies(apps, using, ideas, keys):
    tallies = apps.get_model("civic_ideas", "IdeaTally").objects.using(using)
    known = set(tallies.filter(pk__in=keys).values_list("pk", flat=True))
    supports = apps.get_model("civic_ideas", "Support").objects.using(using)
    follows = apps.get_model("civic_ideas", "IdeaFollow").objects.using(using)
    given, followers = defaultdict(list), defaultdict(int)
    for key, at in supports.filter(contribution__in=keys).values_list("contribution", "created_at"):
        given[key].append(at)
    for key in follows.filter(contribution__in=keys).values_list("contribution", flat=True):
        followers[key] += 1
    said = remarks_on(apps, using, keys)
    tallies.bulk_create(
        tallies.model(
            contribution_id=key,
            process_id=idea.process_id,
            listed=idea.live and not idea.unlisted,
            filed_at=idea.filed_at,
            activity_at=max([idea.filed_at, *given[key], *said[key]]),
            supports=len(given[key]),
            followers=followers[key],
            comments=len(said[key]),
            trending=trend.score([idea.filed_at, *given[key]]),
        )
        for idea in ideas
        if (key := idea.contribution_id) not in known
    )


def remarks_on(apps, using, keys):
    """When readable comments on each were made; none where the town has no comments."""
    said = defaultdict(list)
    try:
        comments = apps.get_model("civic_comments", "Comment").objects.using(using)
    except LookupError:
        return said
    readable = comments.filter(shown_at__isnull=False, tombstone="")
    rows = readable.filter(thread__contribution__in=keys)
    for key, at in rows.values_list("thread__contribution", "shown_at"):
        said[key].append(at)
    return said


def write_texts(apps, using, ideas):
    texts = apps.get_model("civic_ideas", "IdeaText").objects.using(using)
    tagged = apps.get_model("civic_ideas", "TaggedIdea").objects.using(using)
    tags = defaultdict(list)
    rows = tagged.filter(content_object__in=[idea.pk for idea in ideas]).order_by("tag__name")
    for pk, name in rows.values_list("content_object", "tag__name"):
        tags[pk].append(name)
    texts.bulk_create(
        [
            texts.model(
                contribution_id=idea.contribution_id,
                format=folding.FORMAT,
                **(words_of(idea, tags[idea.pk]) if idea.live else {}),
            )
            for idea in ideas
        ],
        update_conflicts=True,
        update_fields=["format", "title", "words", "grams"],
        unique_fields=["contribution"],
    )


def words_of(idea, tags):
    title = folding.words_of(idea.title)
    words = " ".join([title, folding.words_of("\n".join([idea.description, *tags]))])
    return {"title": title, "words": words, "grams": " ".join(sorted(folding.pieces_of(words)))}


def ends_of(apps, using, ideas):
    """Where each idea has come, and when."""
    keys = [idea.contribution_id for idea in ideas]
    ties = apps.get_model("civic_attribution", "Derivation").objects.using(using)
    took = times_of_withdrawal(apps, using, ideas)
    kinds = list(DERIVED)
    derived = {}
    for key, kind, at in ties.filter(source__in=keys, kind__in=kinds).values_list(
        "source", "kind", "at"
    ):
        derived[key] = min((kinds.index(kind), at), derived.get(key, (len(kinds), at)))
    ends = {key: (DERIVED[kinds[rank]], at) for key, (rank, at) in derived.items()}
    return ends | {key: ("withdrawn", at) for key, at in took.items()}


def times_of_withdrawal(apps, using, ideas):
    """When each of the withdrawn ones was: as its author said, as the log says, else as it ran."""
    taken = [
        idea
        for idea in ideas
        if "withdrawn" in {idea.contribution.state, idea.contribution.hidden_from}
    ]
    keys = {str(idea.contribution.uuid): idea.contribution_id for idea in taken}
    times = {idea.contribution_id: idea.last_published_at or idea.filed_at for idea in taken}
    log = apps.get_model("civic_core", "AuditEntry").objects.using(using)
    entries = log.filter(
        action="civic_attribution.withdraw",
        subject_kind="civic_attribution.contribution",
        subject_id__in=list(keys),
    )
    times |= {keys[key]: at for key, at in entries.values_list("subject_id", "at")}
    said = apps.get_model("civic_ideas", "IdeaWithdrawal").objects.using(using)
    rows = said.filter(contribution__in=list(times))
    return times | dict(rows.values_list("contribution", "withdrawn_at"))


class Migration(migrations.Migration):
    dependencies = [
        ("civic_core", "0001_audit_log_and_idempotency_keys"),
        ("civic_ideas", "0007_rules_and_stages"),
    ]

    operations = [
        migrations.RunPython(count_and_read, migrations.RunPython.noop),
        migrations.RunPython(put_where_they_stand, migrations.RunPython.noop),
    ]
