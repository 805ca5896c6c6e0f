"""Ballots imported before there were runs of votes go into one, closed and without a roll."""

import uuid

from django.db import migrations

from civic_sourcing.core import triggers

TRIGGERS = ("civic_budgets_ballot_no_update", "civic_budgets_voterun_no_delete")


def make_way(schema_editor):
    """Lift the two triggers that would refuse; ``post_migrate`` installs them again."""
    if schema_editor.connection.vendor == "postgresql":
        for name in TRIGGERS:
            schema_editor.execute(f'DROP FUNCTION IF EXISTS "{name}"() CASCADE')
    else:
        triggers.lift(schema_editor.connection.alias)


def make_runs(apps, schema_editor):
    using = schema_editor.connection.alias
    ballots = apps.get_model("civic_budgets", "Ballot").objects.using(using).filter(run=None)
    counts = apps.get_model("civic_budgets", "CountResult").objects.using(using)
    runs = apps.get_model("civic_budgets", "VoteRun").objects.using(using)
    processes = list(ballots.order_by().values_list("process", flat=True).distinct())
    if processes:
        make_way(schema_editor)
    for process in processes:
        first = counts.filter(process=process).order_by("version").first()
        run = runs.create(
            uuid=uuid.uuid4(),
            process_id=process,
            kind="imported",
            state="counted" if first else "closed",
            closed_at=first.created_at if first else None,
        )
        ballots.filter(process=process).update(run=run)


def take_back_runs(apps, schema_editor):
    """Ballots imported lose their run; ballots cast here cannot do without."""
    using = schema_editor.connection.alias
    runs = apps.get_model("civic_budgets", "VoteRun").objects.using(using)
    if runs.exclude(kind="imported").exists():
        raise RuntimeError("Votes were held here: their ballots need their runs.")
    make_way(schema_editor)
    apps.get_model("civic_budgets", "Ballot").objects.using(using).update(run=None)
    runs.all().delete()


class Migration(migrations.Migration):
    dependencies = [("civic_budgets", "0003_vote_runs")]

    operations = [migrations.RunPython(make_runs, take_back_runs)]
