import uuid

import django.core.validators
import django.db.models.deletion
import swapper
import wagtail.contrib.routable_page.models
import wagtail.fields
from django.db import migrations, models

import civic_sourcing.core.money

PAGE = swapper.get_model_name("wagtailcore", "Page")
PAGE_POINTER = PAGE.rpartition(".")[2].lower() + "_ptr"


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("civic_processes", "0001_initial"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
        swapper.dependency("wagtailcore", "Page"),
    ]

    operations = [
        migrations.CreateModel(
            name="Ballot",
            fields=[
                (
                    "uuid",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "channel",
                    models.CharField(
                        choices=[("imported", "imported"), ("online", "online")],
                        editable=False,
                        max_length=16,
                    ),
                ),
                ("content", models.TextField(editable=False)),
                (
                    "process",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ballots",
                        to="civic_processes.process",
                    ),
                ),
            ],
            options={
                "verbose_name": "ballot",
                "verbose_name_plural": "ballots",
            },
        ),
        migrations.CreateModel(
            name="BudgetVotePage",
            fields=[
                (
                    PAGE_POINTER,
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to=PAGE,
                    ),
                ),
                ("rules_draft", models.JSONField(blank=True, editable=False, null=True)),
                (
                    "introduction",
                    wagtail.fields.RichTextField(blank=True, verbose_name="introduction"),
                ),
                (
                    "source_note",
                    models.TextField(
                        blank=True,
                        help_text="Where the figures come from, with the citation the source asks for.",
                        verbose_name="source",
                    ),
                ),
                (
                    "text_language",
                    models.CharField(
                        blank=True,
                        help_text="Language code of title and introduction, if not the page's own.",
                        max_length=16,
                        verbose_name="language of the texts",
                    ),
                ),
                (
                    "process",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="civic_processes.process",
                    ),
                ),
            ],
            options={
                "verbose_name": "budget vote page",
                "verbose_name_plural": "budget vote pages",
            },
            bases=(
                wagtail.contrib.routable_page.models.RoutablePageMixin,
                PAGE.lower(),
                models.Model,
            ),
        ),
        migrations.CreateModel(
            name="Project",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.CharField(max_length=64, verbose_name="number")),
                (
                    "cost",
                    models.PositiveBigIntegerField(
                        help_text="In minor units of the currency.", verbose_name="cost"
                    ),
                ),
                ("position", models.PositiveIntegerField(verbose_name="position")),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("undecided", "Not yet decided"),
                            ("funded", "Funded"),
                            ("not_funded", "Not funded"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="undecided",
                        max_length=16,
                        verbose_name="outcome",
                    ),
                ),
                (
                    "process",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="projects",
                        to="civic_processes.process",
                    ),
                ),
            ],
            options={
                "verbose_name": "project",
                "verbose_name_plural": "projects",
            },
        ),
        migrations.CreateModel(
            name="BudgetProjectPage",
            fields=[
                (
                    PAGE_POINTER,
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to=PAGE,
                    ),
                ),
                (
                    "description",
                    wagtail.fields.RichTextField(blank=True, verbose_name="description"),
                ),
                ("category", models.CharField(blank=True, max_length=255, verbose_name="category")),
                (
                    "target",
                    models.CharField(
                        blank=True,
                        help_text="Who benefits from the project.",
                        max_length=255,
                        verbose_name="for whom",
                    ),
                ),
                (
                    "place",
                    models.CharField(
                        blank=True,
                        help_text="District or neighbourhood.",
                        max_length=255,
                        verbose_name="place",
                    ),
                ),
                (
                    "text_language",
                    models.CharField(
                        blank=True,
                        help_text="Language code of title and description, if not the page's own.",
                        max_length=16,
                        verbose_name="language of the texts",
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(app_label)s_%(class)s_pages",
                        to="civic_budgets.project",
                    ),
                ),
            ],
            options={
                "verbose_name": "budget project page",
                "verbose_name_plural": "budget project pages",
            },
            bases=(PAGE.lower(), models.Model),
        ),
        migrations.CreateModel(
            name="BudgetRules",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("amount", models.PositiveBigIntegerField(verbose_name="money available")),
                (
                    "currency",
                    models.CharField(
                        max_length=3,
                        validators=[civic_sourcing.core.money.validate_currency],
                        verbose_name="currency",
                    ),
                ),
                (
                    "ballot_type",
                    models.CharField(
                        choices=[
                            ("approval", "Tick projects"),
                            ("choose-1", "Choose one project"),
                            ("cumulative", "Share out points"),
                            ("scoring", "Rate projects"),
                            ("ordinal", "Rank projects"),
                        ],
                        max_length=16,
                        verbose_name="ballot",
                    ),
                ),
                (
                    "rule",
                    models.CharField(
                        choices=[
                            ("greedy", "By score, skipping what does not fit"),
                            ("greedy-no-skip", "By score, until one does not fit"),
                            ("greedy-partial-last", "By score, the last one if most of it fits"),
                        ],
                        max_length=32,
                        verbose_name="rule",
                    ),
                ),
                (
                    "threshold",
                    models.DecimalField(
                        decimal_places=6,
                        default=0,
                        help_text="A project needs at least this score; 0 for none.",
                        max_digits=21,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="threshold",
                    ),
                ),
                ("announced_rule", models.CharField(blank=True, editable=False, max_length=64)),
                (
                    "file_digest",
                    models.CharField(blank=True, db_index=True, editable=False, max_length=64),
                ),
                (
                    "process",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="budget_rules",
                        to="civic_processes.process",
                    ),
                ),
            ],
            options={
                "verbose_name": "rules of a budget vote",
                "verbose_name_plural": "rules of budget votes",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("rule__in", ["greedy", "greedy-no-skip", "greedy-partial-last"])
                        ),
                        name="civic_budget_rule_known",
                        violation_error_message="This counting rule is not known.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "ballot_type__in",
                                ["approval", "choose-1", "cumulative", "scoring", "ordinal"],
                            )
                        ),
                        name="civic_budget_ballot_type_known",
                        violation_error_message="This kind of ballot is not known.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CountResult",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveIntegerField(editable=False)),
                ("content", models.TextField(editable=False)),
                ("digest", models.CharField(editable=False, max_length=64)),
                ("created_at", models.DateTimeField(editable=False)),
                ("software", models.CharField(editable=False, max_length=64)),
                (
                    "process",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="counts",
                        to="civic_processes.process",
                    ),
                ),
            ],
            options={
                "verbose_name": "count",
                "verbose_name_plural": "counts",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("process", "version"),
                        name="civic_count_version_once",
                        violation_error_message="This vote has a count with this version.",
                    )
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="project",
            constraint=models.UniqueConstraint(
                fields=("process", "number"),
                name="civic_project_number_once",
                violation_error_message="Another project of this vote has this number.",
            ),
        ),
        migrations.AddConstraint(
            model_name="project",
            constraint=models.UniqueConstraint(
                fields=("process", "position"),
                name="civic_project_position_once",
                violation_error_message="Another project of this vote has this position.",
            ),
        ),
    ]
