"""What holds in a forum, thresholds and what reached them, and the stages of ideas."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("civic_attribution", "0006_offers"),
        ("civic_ideas", "0006_places_and_tallies"),
        ("civic_participants", "0003_eligibility"),
        ("civic_processes", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ForumRules",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("recipe", models.CharField(blank=True, max_length=64, verbose_name="preset")),
                (
                    "initiator",
                    models.CharField(
                        choices=[("citizens", "Citizens"), ("agency", "An agency of the city")],
                        default="citizens",
                        max_length=16,
                        verbose_name="who begins",
                    ),
                ),
                (
                    "problem_statements",
                    models.JSONField(blank=True, default=dict, verbose_name="the problem"),
                ),
                (
                    "owner_name",
                    models.CharField(blank=True, max_length=255, verbose_name="who answers for it"),
                ),
                ("answer_on", models.DateField(blank=True, null=True, verbose_name="answer by")),
                (
                    "openness",
                    models.CharField(
                        choices=[
                            ("open", "Open to everybody"),
                            ("strategic", "For those who meet the conditions"),
                        ],
                        default="open",
                        max_length=16,
                        verbose_name="openness",
                    ),
                ),
                (
                    "vocabulary",
                    models.CharField(
                        choices=[
                            ("idea", "Idea"),
                            ("proposal", "Proposal"),
                            ("petition", "Petition"),
                            ("question", "Question"),
                        ],
                        default="idea",
                        max_length=16,
                        verbose_name="what people hand in",
                    ),
                ),
                (
                    "supports_hidden",
                    models.BooleanField(
                        default=False, verbose_name="hide the number of supporters"
                    ),
                ),
                (
                    "anyone_supports",
                    models.BooleanField(default=False, verbose_name="everybody may support"),
                ),
                (
                    "supports_per_person",
                    models.PositiveIntegerField(null=True, verbose_name="supports per person"),
                ),
                (
                    "ideas_per_person",
                    models.PositiveIntegerField(null=True, verbose_name="contributions per person"),
                ),
                (
                    "edit_hours",
                    models.PositiveIntegerField(null=True, verbose_name="hours for editing"),
                ),
                (
                    "body_length",
                    models.PositiveIntegerField(null=True, verbose_name="longest text"),
                ),
                (
                    "review_days",
                    models.PositiveIntegerField(
                        null=True, verbose_name="days to answer what is under review"
                    ),
                ),
            ],
            options={
                "verbose_name": "rules of a forum",
                "verbose_name_plural": "rules of forums",
            },
        ),
        migrations.CreateModel(
            name="StageChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "before",
                    models.CharField(
                        choices=[
                            ("published", "Published"),
                            ("review", "Under review"),
                            ("shortlisted", "Shortlisted"),
                            ("accepted", "Accepted"),
                            ("declined", "Declined"),
                            ("referred", "Referred elsewhere"),
                            ("ballot", "On the ballot"),
                            ("progress", "In progress"),
                            ("done", "Done"),
                            ("withdrawn", "Withdrawn"),
                            ("merged", "Merged"),
                        ],
                        max_length=16,
                        verbose_name="from",
                    ),
                ),
                (
                    "after",
                    models.CharField(
                        choices=[
                            ("published", "Published"),
                            ("review", "Under review"),
                            ("shortlisted", "Shortlisted"),
                            ("accepted", "Accepted"),
                            ("declined", "Declined"),
                            ("referred", "Referred elsewhere"),
                            ("ballot", "On the ballot"),
                            ("progress", "In progress"),
                            ("done", "Done"),
                            ("withdrawn", "Withdrawn"),
                            ("merged", "Merged"),
                        ],
                        max_length=16,
                        verbose_name="to",
                    ),
                ),
                (
                    "cause",
                    models.CharField(
                        choices=[
                            ("hand", "decided by an official"),
                            ("threshold", "a threshold was reached"),
                            ("answer", "the city answered"),
                            ("author", "its author withdrew it"),
                            ("ledger", "it became part of another text"),
                        ],
                        default="hand",
                        max_length=16,
                        verbose_name="cause",
                    ),
                ),
                (
                    "reason_codes",
                    models.JSONField(blank=True, default=list, verbose_name="reasons"),
                ),
                ("note", models.TextField(blank=True, verbose_name="note")),
                ("rendered_html", models.TextField(blank=True, editable=False)),
                ("changed_at", models.DateTimeField(editable=False, verbose_name="changed")),
            ],
            options={
                "verbose_name": "change of stage",
                "verbose_name_plural": "changes of stage",
                "ordering": ["changed_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="ThresholdReached",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField(verbose_name="how many there were")),
                ("reached_at", models.DateTimeField(editable=False, verbose_name="reached")),
                ("until", models.DateTimeField(editable=False, null=True, verbose_name="until")),
            ],
            options={
                "verbose_name": "reached threshold",
                "verbose_name_plural": "reached thresholds",
                "ordering": ["reached_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="ThresholdRule",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("number", models.PositiveIntegerField(verbose_name="how many")),
                (
                    "measure",
                    models.CharField(
                        choices=[
                            ("supports", "people who support it"),
                            ("commenters", "people who take part in its discussion"),
                        ],
                        default="supports",
                        max_length=16,
                        verbose_name="of what",
                    ),
                ),
                (
                    "days",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="within days"),
                ),
                (
                    "event",
                    models.CharField(
                        choices=[
                            ("visible", "it is listed for everybody"),
                            ("review", "a department reviews it"),
                            ("answer_due", "the city owes an answer"),
                            ("debate", "a public debate opens"),
                            ("ballot", "it goes on the ballot"),
                        ],
                        max_length=16,
                        verbose_name="what follows",
                    ),
                ),
                (
                    "answer_days",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="days it may take"
                    ),
                ),
                ("valid_from", models.DateTimeField(verbose_name="valid from")),
                ("valid_to", models.DateTimeField(blank=True, null=True, verbose_name="valid to")),
                (
                    "note",
                    models.CharField(blank=True, max_length=500, verbose_name="where it is from"),
                ),
            ],
            options={
                "verbose_name": "threshold",
                "verbose_name_plural": "thresholds",
                "ordering": ["valid_from", "number", "pk"],
            },
        ),
        migrations.AddField(
            model_name="ideapage",
            name="stage",
            field=models.CharField(
                choices=[
                    ("published", "Published"),
                    ("review", "Under review"),
                    ("shortlisted", "Shortlisted"),
                    ("accepted", "Accepted"),
                    ("declined", "Declined"),
                    ("referred", "Referred elsewhere"),
                    ("ballot", "On the ballot"),
                    ("progress", "In progress"),
                    ("done", "Done"),
                    ("withdrawn", "Withdrawn"),
                    ("merged", "Merged"),
                ],
                default="published",
                editable=False,
                max_length=16,
                verbose_name="stage",
            ),
        ),
        migrations.AddField(
            model_name="ideapage",
            name="unlisted",
            field=models.BooleanField(default=False, editable=False, verbose_name="not listed yet"),
        ),
        migrations.AddConstraint(
            model_name="ideapage",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "stage__in",
                        [
                            "published",
                            "review",
                            "shortlisted",
                            "accepted",
                            "declined",
                            "referred",
                            "ballot",
                            "progress",
                            "done",
                            "withdrawn",
                            "merged",
                        ],
                    )
                ),
                name="civic_idea_stage_known",
            ),
        ),
        migrations.AddField(
            model_name="forumrules",
            name="owner",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="account that is reminded",
            ),
        ),
        migrations.AddField(
            model_name="forumrules",
            name="process",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="forum_rules",
                to="civic_processes.process",
            ),
        ),
        migrations.CreateModel(
            name="StageNews",
            fields=[
                (
                    "change",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="news",
                        serialize=False,
                        to="civic_ideas.stagechange",
                    ),
                ),
            ],
            options={
                "verbose_name": "news of a stage to tell",
                "verbose_name_plural": "news of stages to tell",
            },
        ),
        migrations.AddField(
            model_name="stagechange",
            name="by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="stage_changes",
                to="civic_participants.participant",
                verbose_name="by",
            ),
        ),
        migrations.AddField(
            model_name="stagechange",
            name="contribution",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="stage_changes",
                to="civic_attribution.contribution",
                verbose_name="contribution",
            ),
        ),
        migrations.AddField(
            model_name="thresholdreached",
            name="contribution",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="thresholds_reached",
                to="civic_attribution.contribution",
                verbose_name="contribution",
            ),
        ),
        migrations.AddField(
            model_name="thresholdrule",
            name="process",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="threshold_rules",
                to="civic_processes.process",
            ),
        ),
        migrations.AddField(
            model_name="thresholdreached",
            name="rule",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="reached",
                to="civic_ideas.thresholdrule",
                verbose_name="threshold",
            ),
        ),
        migrations.AddConstraint(
            model_name="forumrules",
            constraint=models.CheckConstraint(
                condition=models.Q(("initiator__in", ["citizens", "agency"])),
                name="civic_forum_rules_initiator_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="forumrules",
            constraint=models.CheckConstraint(
                condition=models.Q(("openness__in", ["open", "strategic"])),
                name="civic_forum_rules_openness_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="forumrules",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("vocabulary__in", ["idea", "proposal", "petition", "question"])
                ),
                name="civic_forum_rules_vocabulary_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="stagechange",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "before__in",
                        [
                            "published",
                            "review",
                            "shortlisted",
                            "accepted",
                            "declined",
                            "referred",
                            "ballot",
                            "progress",
                            "done",
                            "withdrawn",
                            "merged",
                        ],
                    ),
                    (
                        "after__in",
                        [
                            "published",
                            "review",
                            "shortlisted",
                            "accepted",
                            "declined",
                            "referred",
                            "ballot",
                            "progress",
                            "done",
                            "withdrawn",
                            "merged",
                        ],
                    ),
                ),
                name="civic_stage_change_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="thresholdrule",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("number__gte", 1), models.Q(("days", None), ("days__gte", 1), _connector="OR")
                ),
                name="civic_threshold_positive",
                violation_error_message="A threshold is at least one.",
            ),
        ),
        migrations.AddConstraint(
            model_name="thresholdrule",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("measure__in", ["supports", "commenters"]),
                    ("event__in", ["visible", "review", "answer_due", "debate", "ballot"]),
                ),
                name="civic_threshold_kinds_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="thresholdrule",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_to", None), ("valid_to__gte", models.F("valid_from")), _connector="OR"
                ),
                name="civic_threshold_ends_after_start",
                violation_error_message="It has to end after it begins.",
            ),
        ),
        migrations.AddConstraint(
            model_name="thresholdreached",
            constraint=models.UniqueConstraint(
                fields=("contribution", "rule"), name="civic_threshold_reached_once"
            ),
        ),
    ]
