import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("civic_budgets", "0009_project_pages"),
    ]

    operations = [
        migrations.AlterField(
            model_name="ballot",
            name="channel",
            field=models.CharField(
                choices=[("imported", "imported"), ("online", "online"), ("paper", "on paper")],
                editable=False,
                max_length=16,
            ),
        ),
        migrations.AlterField(
            model_name="budgetrules",
            name="paper_rule",
            field=models.CharField(
                choices=[
                    ("none", "Nobody votes on paper"),
                    ("paper", "On paper too; of two ballots the one on paper counts"),
                    ("last", "On paper too; of two ballots the later one counts"),
                ],
                default="none",
                max_length=8,
                verbose_name="voting on paper",
            ),
        ),
        migrations.AlterField(
            model_name="bulletinentry",
            name="kind",
            field=models.CharField(
                choices=[
                    ("cast", "cast"),
                    ("changed", "replaced by its voter"),
                    ("void", "void"),
                    ("set_aside", "set aside"),
                    ("paper", "left out: voted on paper"),
                ],
                editable=False,
                max_length=16,
            ),
        ),
        migrations.CreateModel(
            name="PollingPlace",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("name", models.CharField(max_length=100, verbose_name="name")),
                ("listed_at", models.DateTimeField(editable=False, null=True)),
                ("counted_at", models.DateTimeField(editable=False, null=True)),
                ("note", models.TextField(blank=True, verbose_name="public note")),
                (
                    "run",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="polling_places",
                        to="civic_budgets.voterun",
                    ),
                ),
            ],
            options={
                "verbose_name": "polling place",
                "verbose_name_plural": "polling places",
                "ordering": ["name", "pk"],
            },
        ),
        migrations.CreateModel(
            name="PaperVoter",
            fields=[
                (
                    "uuid",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("envelope", models.PositiveIntegerField(editable=False, null=True)),
                ("area", models.CharField(blank=True, editable=False, max_length=50)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("counts", "counts"),
                            ("replaced", "replaced by a later ballot online"),
                            ("mistaken", "listed by mistake"),
                        ],
                        default="counts",
                        editable=False,
                        max_length=16,
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="paper_voters",
                        to="civic_budgets.voterun",
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="voters",
                        to="civic_budgets.pollingplace",
                    ),
                ),
            ],
            options={
                "verbose_name": "voter on paper",
                "verbose_name_plural": "voters on paper",
            },
        ),
        migrations.CreateModel(
            name="PaperBatch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("number", models.PositiveIntegerField(editable=False, verbose_name="number")),
                (
                    "area",
                    models.CharField(blank=True, max_length=64, verbose_name="ballot paper of"),
                ),
                ("sheets", models.PositiveIntegerField(verbose_name="sheets")),
                (
                    "void",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="void sheets"),
                ),
                (
                    "totals",
                    models.JSONField(blank=True, default=dict, verbose_name="counted by hand"),
                ),
                ("first_by", models.UUIDField(editable=False, null=True)),
                ("first_done_at", models.DateTimeField(editable=False, null=True)),
                ("second_by", models.UUIDField(editable=False, null=True)),
                ("second_done_at", models.DateTimeField(editable=False, null=True)),
                ("accepted_by", models.UUIDField(editable=False, null=True)),
                ("accepted_at", models.DateTimeField(editable=False, null=True)),
                (
                    "place",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="batches",
                        to="civic_budgets.pollingplace",
                    ),
                ),
            ],
            options={
                "verbose_name": "batch of sheets",
                "verbose_name_plural": "batches of sheets",
                "ordering": ["place", "number"],
            },
        ),
        migrations.CreateModel(
            name="SheetDecision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sheet", models.PositiveIntegerField(editable=False)),
                ("line", models.TextField(blank=True, editable=False)),
                ("content", models.TextField(editable=False)),
                ("decided_by", models.UUIDField(editable=False)),
                ("decided_at", models.DateTimeField(editable=False)),
                (
                    "batch",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="civic_budgets.paperbatch",
                    ),
                ),
            ],
            options={
                "verbose_name": "decision on a sheet",
                "verbose_name_plural": "decisions on sheets",
            },
        ),
        migrations.CreateModel(
            name="SheetEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sheet", models.PositiveIntegerField(editable=False)),
                ("line", models.TextField(blank=True, editable=False)),
                ("content", models.TextField(editable=False)),
                ("turn", models.PositiveSmallIntegerField(editable=False)),
                (
                    "batch",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entries",
                        to="civic_budgets.paperbatch",
                    ),
                ),
            ],
            options={
                "verbose_name": "entry of a sheet",
                "verbose_name_plural": "entries of sheets",
            },
        ),
        migrations.CreateModel(
            name="PaperKey",
            fields=[
                (
                    "uuid",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("voter_key", models.CharField(editable=False, max_length=64)),
                ("counts", models.BooleanField(default=True, editable=False)),
                (
                    "run",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="paper_keys",
                        to="civic_budgets.voterun",
                    ),
                ),
                (
                    "voter",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="keys",
                        to="civic_budgets.papervoter",
                    ),
                ),
            ],
            options={
                "verbose_name": "key of a voter on paper",
                "verbose_name_plural": "keys of voters on paper",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("counts", True)),
                        fields=("run", "voter_key"),
                        name="civic_paper_voter_once",
                    )
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="pollingplace",
            constraint=models.UniqueConstraint(
                fields=("run", "name"),
                name="civic_polling_place_once",
                violation_error_message="There is already a polling place of this name.",
            ),
        ),
        migrations.AddConstraint(
            model_name="pollingplace",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("counted_at", None), ("listed_at__isnull", False), _connector="OR"
                ),
                name="civic_polling_place_in_order",
                violation_error_message="A list is complete before its sheets are counted.",
            ),
        ),
        migrations.AddConstraint(
            model_name="papervoter",
            constraint=models.UniqueConstraint(
                fields=("place", "envelope"), name="civic_paper_envelope_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="paperbatch",
            constraint=models.UniqueConstraint(
                fields=("place", "number"), name="civic_paper_batch_number"
            ),
        ),
        migrations.AddConstraint(
            model_name="paperbatch",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("second_by", None),
                    models.Q(
                        models.Q(("second_by", models.F("first_by")), _negated=True),
                        ("first_by__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="civic_paper_batch_by_two",
                violation_error_message="Two different people enter a batch.",
            ),
        ),
        migrations.AddConstraint(
            model_name="paperbatch",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("accepted_at", None),
                    models.Q(("first_done_at__isnull", False), ("second_done_at__isnull", False)),
                    _connector="OR",
                ),
                name="civic_paper_batch_entered_twice",
                violation_error_message="A batch is entered twice before it is accepted.",
            ),
        ),
        migrations.AddConstraint(
            model_name="sheetdecision",
            constraint=models.UniqueConstraint(
                fields=("batch", "sheet"), name="civic_sheet_decided_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="sheetentry",
            constraint=models.UniqueConstraint(
                fields=("batch", "sheet", "turn"), name="civic_sheet_entry_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="sheetentry",
            constraint=models.CheckConstraint(
                condition=models.Q(("turn__in", (1, 2))), name="civic_sheet_entry_turn"
            ),
        ),
    ]
