import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("civic_budgets", "0010_voting_on_paper"),
        ("civic_processes", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="BatchCorrection",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reason", models.TextField(verbose_name="public reason")),
                ("proposed_by", models.UUIDField(editable=False)),
                ("proposed_at", models.DateTimeField(editable=False)),
                ("approved_by", models.UUIDField(editable=False, null=True)),
                ("approved_at", models.DateTimeField(editable=False, null=True)),
            ],
            options={
                "verbose_name": "correction of a batch of sheets",
                "verbose_name_plural": "corrections of batches of sheets",
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Confirmation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reason", models.TextField(verbose_name="public reason")),
                ("proposed_by", models.UUIDField(editable=False)),
                ("proposed_at", models.DateTimeField(editable=False)),
                ("approved_by", models.UUIDField(editable=False, null=True)),
                ("approved_at", models.DateTimeField(editable=False, null=True)),
            ],
            options={
                "verbose_name": "confirmation of a count",
                "verbose_name_plural": "confirmations of counts",
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="CountJob",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "waiting"),
                            ("running", "counting"),
                            ("done", "counted"),
                            ("failed", "not counted"),
                        ],
                        default="waiting",
                        editable=False,
                        max_length=16,
                    ),
                ),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting for its turn"),
                            ("reading", "Reading the ballots"),
                            ("counting", "Counting"),
                            ("writing", "Writing down the count"),
                        ],
                        default="waiting",
                        editable=False,
                        max_length=16,
                    ),
                ),
                ("done", models.PositiveBigIntegerField(default=0, editable=False)),
                ("total", models.PositiveBigIntegerField(default=0, editable=False)),
                ("asked_by", models.UUIDField(editable=False, null=True)),
                ("asked_at", models.DateTimeField(editable=False)),
                ("beat_at", models.DateTimeField(editable=False)),
                ("drawn", models.CharField(blank=True, editable=False, max_length=255)),
                ("eligible", models.PositiveIntegerField(editable=False, null=True)),
                ("problem", models.CharField(blank=True, editable=False, max_length=64)),
            ],
            options={
                "verbose_name": "going at a count",
                "verbose_name_plural": "goings at counts",
            },
        ),
        migrations.CreateModel(
            name="CountPublication",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("published_at", models.DateTimeField(editable=False)),
                ("published_by", models.UUIDField(editable=False, null=True)),
                ("objections_until", models.DateTimeField(editable=False)),
            ],
            options={
                "verbose_name": "publication of a count",
                "verbose_name_plural": "publications of counts",
            },
        ),
        migrations.RemoveConstraint(
            model_name="budgetrules",
            name="civic_budget_rule_known",
        ),
        migrations.AddField(
            model_name="ballot",
            name="batch",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="ballots",
                to="civic_budgets.paperbatch",
            ),
        ),
        migrations.AddField(
            model_name="budgetrules",
            name="completion",
            field=models.CharField(
                choices=[
                    ("none", "It is left over"),
                    ("add1", "Shares are raised until no more can be funded"),
                    (
                        "add1u",
                        "Shares are raised, then projects are funded by score while they fit",
                    ),
                    ("greedy", "Projects are funded by score while they fit"),
                    ("add1-greedy", "Shares are raised, then projects are funded by score"),
                ],
                default="none",
                max_length=16,
                verbose_name="money left over",
            ),
        ),
        migrations.AddField(
            model_name="budgetrules",
            name="utility",
            field=models.CharField(
                choices=[
                    ("cost", "A project counts by what it costs"),
                    ("cardinality", "Every project counts alike"),
                ],
                default="cost",
                max_length=16,
                verbose_name="a project gives its voters",
            ),
        ),
        migrations.AddField(
            model_name="countresult",
            name="counted_by",
            field=models.UUIDField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="paperbatch",
            name="replaces",
            field=models.OneToOneField(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="replacement",
                to="civic_budgets.paperbatch",
            ),
        ),
        migrations.AlterField(
            model_name="budgetrules",
            name="rule",
            field=models.CharField(
                choices=[
                    ("greedy", "By score, skipping what does not fit"),
                    ("greedy-no-skip", "By score, until one does not fit"),
                    ("greedy-partial-last", "By score, the last one if most of it fits"),
                    ("equal-shares", "By equal shares"),
                ],
                max_length=32,
                verbose_name="rule",
            ),
        ),
        migrations.AddConstraint(
            model_name="budgetrules",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "rule__in",
                        ["greedy", "greedy-no-skip", "greedy-partial-last", "equal-shares"],
                    )
                ),
                name="civic_budget_rule_known",
                violation_error_message="This counting rule is not known.",
            ),
        ),
        migrations.AddField(
            model_name="batchcorrection",
            name="batch",
            field=models.ForeignKey(
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="corrections",
                to="civic_budgets.paperbatch",
            ),
        ),
        migrations.AddField(
            model_name="confirmation",
            name="count",
            field=models.ForeignKey(
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="confirmations",
                to="civic_budgets.countresult",
            ),
        ),
        migrations.AddField(
            model_name="countjob",
            name="result",
            field=models.OneToOneField(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="job",
                to="civic_budgets.countresult",
            ),
        ),
        migrations.AddField(
            model_name="countjob",
            name="run",
            field=models.ForeignKey(
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="count_jobs",
                to="civic_budgets.voterun",
            ),
        ),
        migrations.AddField(
            model_name="countpublication",
            name="count",
            field=models.OneToOneField(
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="publication",
                to="civic_budgets.countresult",
            ),
        ),
        migrations.AddConstraint(
            model_name="batchcorrection",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("approved_by", None),
                    models.Q(("approved_by", models.F("proposed_by")), _negated=True),
                    _connector="OR",
                ),
                name="civic_batchcorrection_by_two",
                violation_error_message="Somebody else has to approve this.",
            ),
        ),
        migrations.AddConstraint(
            model_name="confirmation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("approved_by", None),
                    models.Q(("approved_by", models.F("proposed_by")), _negated=True),
                    _connector="OR",
                ),
                name="civic_confirmation_by_two",
                violation_error_message="Somebody else has to approve this.",
            ),
        ),
        migrations.AddConstraint(
            model_name="confirmation",
            constraint=models.UniqueConstraint(
                condition=models.Q(("approved_at__isnull", False)),
                fields=("count",),
                name="civic_count_confirmed_once",
                violation_error_message="This count is already confirmed.",
            ),
        ),
        migrations.AddConstraint(
            model_name="countjob",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ("waiting", "running"))),
                fields=("run",),
                name="civic_count_job_one_at_a_time",
                violation_error_message="This vote is being counted already.",
            ),
        ),
    ]
