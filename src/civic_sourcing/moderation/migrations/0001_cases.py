import uuid
from decimal import Decimal

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("civic_attribution", "0006_offers"),
        ("civic_participants", "0003_eligibility"),
        ("civic_processes", "0001_initial"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Case",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("kind", models.CharField(max_length=32, verbose_name="kind")),
                ("language", models.CharField(blank=True, max_length=16, verbose_name="language")),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "open"), ("decided", "decided")],
                        default="open",
                        max_length=16,
                        verbose_name="state",
                    ),
                ),
                ("opened_at", models.DateTimeField(editable=False, verbose_name="opened")),
                ("due_at", models.DateTimeField(verbose_name="to be decided by")),
                (
                    "decided_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="decided"),
                ),
                (
                    "severity",
                    models.PositiveSmallIntegerField(
                        choices=[(1, "minor"), (2, "moderate"), (3, "serious"), (4, "grave")],
                        default=1,
                        verbose_name="severity",
                    ),
                ),
                ("is_emergency", models.BooleanField(default=False, verbose_name="emergency")),
                (
                    "is_personal",
                    models.BooleanField(
                        default=False, verbose_name="somebody is personally affected"
                    ),
                ),
                ("held", models.BooleanField(default=False, verbose_name="waits to be published")),
                ("reporters", models.PositiveIntegerField(default=0, verbose_name="reporters")),
                (
                    "weight",
                    models.DecimalField(
                        decimal_places=2, default=0, max_digits=8, verbose_name="weight"
                    ),
                ),
                (
                    "assigned_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="assigned"),
                ),
                (
                    "assigned_to",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="assigned to",
                    ),
                ),
                (
                    "contribution",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cases",
                        to="civic_attribution.contribution",
                        verbose_name="contribution",
                    ),
                ),
                (
                    "participant",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cases",
                        to="civic_participants.participant",
                        verbose_name="participant",
                    ),
                ),
                (
                    "process",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cases",
                        to="civic_processes.process",
                        verbose_name="process",
                    ),
                ),
            ],
            options={
                "verbose_name": "case",
                "verbose_name_plural": "cases",
                "ordering": ["-is_emergency", "due_at", "pk"],
                "permissions": [("view_reporters", "Can see who reported")],
            },
        ),
        migrations.CreateModel(
            name="Finding",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("check_key", models.CharField(max_length=64, verbose_name="check")),
                (
                    "verdict",
                    models.CharField(
                        choices=[("mark", "marked"), ("hold", "held")],
                        max_length=8,
                        verbose_name="verdict",
                    ),
                ),
                ("code", models.CharField(max_length=64, verbose_name="code")),
                ("explanation", models.JSONField(default=dict, verbose_name="why")),
                (
                    "spans",
                    models.JSONField(
                        default=list, help_text="[field, start, end] each.", verbose_name="where"
                    ),
                ),
                ("at", models.DateTimeField(editable=False, verbose_name="found")),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="findings",
                        to="civic_moderation.case",
                        verbose_name="case",
                    ),
                ),
            ],
            options={
                "verbose_name": "finding",
                "verbose_name_plural": "findings",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="NetiquetteRule",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("translation_key", models.UUIDField(default=uuid.uuid4, editable=False)),
                ("title", models.CharField(max_length=120, verbose_name="rule")),
                ("meaning", models.TextField(max_length=1000, verbose_name="what it means")),
                ("example", models.TextField(blank=True, max_length=1000, verbose_name="example")),
                (
                    "needs_text",
                    models.BooleanField(
                        default=False,
                        help_text="Whoever reports under this rule has to say in a few words what is wrong.",
                        verbose_name="needs a text",
                    ),
                ),
                (
                    "hides_at_once",
                    models.BooleanField(
                        default=False,
                        help_text="What is reported by somebody known here is hidden until it is reviewed.",
                        verbose_name="hides at once",
                    ),
                ),
                (
                    "is_emergency",
                    models.BooleanField(
                        default=False,
                        help_text="Threats, self-harm, abuse: the case goes to the top and shows whom to call.",
                        verbose_name="emergency",
                    ),
                ),
                (
                    "severity",
                    models.PositiveSmallIntegerField(
                        choices=[(1, "minor"), (2, "moderate"), (3, "serious"), (4, "grave")],
                        default=1,
                        verbose_name="severity",
                    ),
                ),
                (
                    "statement_template",
                    models.TextField(
                        blank=True,
                        help_text="What a decision under this rule begins with; the moderator completes it.",
                        max_length=2000,
                        verbose_name="facts, to begin with",
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
                (
                    "retired",
                    models.BooleanField(
                        default=False,
                        help_text="Nobody can choose it any more; decisions made under it keep it.",
                        verbose_name="not in force any more",
                    ),
                ),
                (
                    "locale",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="wagtailcore.locale",
                        verbose_name="locale",
                    ),
                ),
            ],
            options={
                "verbose_name": "netiquette rule",
                "verbose_name_plural": "netiquette rules",
                "ordering": ["position", "pk"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Decision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("number", models.PositiveSmallIntegerField(verbose_name="number")),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("no_breach", "No breach of the rules"),
                            ("mask", "A passage is masked"),
                            ("hide", "Hidden"),
                            ("remove", "Removed"),
                            ("move", "Moved elsewhere"),
                            ("warn", "The author is warned"),
                            ("suspend", "Suspended from taking part"),
                            ("lift", "An earlier measure is lifted"),
                            ("temporary", "Hidden for the time being"),
                            ("release", "Published"),
                        ],
                        max_length=16,
                        verbose_name="outcome",
                    ),
                ),
                ("facts", models.TextField(verbose_name="facts")),
                ("scope", models.TextField(blank=True, verbose_name="scope")),
                ("starts_at", models.DateTimeField(verbose_name="from")),
                ("until", models.DateTimeField(null=True, verbose_name="until")),
                (
                    "automation",
                    models.CharField(
                        choices=[
                            ("none", "none"),
                            ("detected", "an automatic check pointed it out"),
                            ("held", "it was held automatically until somebody looked"),
                            ("hidden", "it was hidden automatically until somebody looked"),
                        ],
                        default="none",
                        max_length=16,
                        verbose_name="automation",
                    ),
                ),
                (
                    "language",
                    models.CharField(
                        blank=True, max_length=16, verbose_name="language of the statement"
                    ),
                ),
                (
                    "appeal_until",
                    models.DateTimeField(null=True, verbose_name="can be appealed until"),
                ),
                ("decider", models.UUIDField(editable=False, null=True)),
                ("decided_at", models.DateTimeField(editable=False, verbose_name="decided")),
                (
                    "origin",
                    models.CharField(
                        choices=[
                            ("case", "a moderator’s decision"),
                            ("appeal", "a decision on an appeal"),
                            ("automatic", "by the system, until somebody looks"),
                            ("correction", "a correction within minutes"),
                        ],
                        default="case",
                        max_length=16,
                        verbose_name="origin",
                    ),
                ),
                ("salt", models.CharField(blank=True, editable=False, max_length=64)),
                ("details", models.JSONField(default=dict, editable=False)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="civic_moderation.case",
                        verbose_name="case",
                    ),
                ),
                (
                    "corrects",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrections",
                        to="civic_moderation.decision",
                        verbose_name="corrects",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="decided by",
                    ),
                ),
                (
                    "rule",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="civic_moderation.netiquetterule",
                        verbose_name="rule",
                    ),
                ),
            ],
            options={
                "verbose_name": "decision",
                "verbose_name_plural": "decisions",
                "ordering": ["case", "number"],
            },
        ),
        migrations.AddField(
            model_name="case",
            name="rule",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="cases",
                to="civic_moderation.netiquetterule",
                verbose_name="rule",
            ),
        ),
        migrations.CreateModel(
            name="PreservedText",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(blank=True, max_length=255, verbose_name="title")),
                ("text", models.TextField(blank=True, verbose_name="text")),
                ("purge_at", models.DateTimeField(null=True, verbose_name="wiped after")),
                (
                    "decision",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="preserved",
                        to="civic_moderation.decision",
                        verbose_name="decision",
                    ),
                ),
            ],
            options={
                "verbose_name": "preserved text",
                "verbose_name_plural": "preserved texts",
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Report",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("anonymous_key", models.CharField(blank=True, editable=False, max_length=64)),
                ("text", models.TextField(blank=True, verbose_name="text")),
                (
                    "affected",
                    models.BooleanField(default=False, verbose_name="personally affected"),
                ),
                (
                    "weight",
                    models.DecimalField(
                        decimal_places=2, default=Decimal("1"), max_digits=4, verbose_name="weight"
                    ),
                ),
                ("created_at", models.DateTimeField(editable=False, verbose_name="reported")),
                (
                    "answered_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="answered"),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reports",
                        to="civic_moderation.case",
                        verbose_name="case",
                    ),
                ),
                (
                    "reporter",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reports",
                        to="civic_participants.participant",
                        verbose_name="reporter",
                    ),
                ),
                (
                    "rule",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reports",
                        to="civic_moderation.netiquetterule",
                        verbose_name="rule",
                    ),
                ),
            ],
            options={
                "verbose_name": "report",
                "verbose_name_plural": "reports",
                "ordering": ["created_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="SecondOpinion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("asked_at", models.DateTimeField(editable=False, verbose_name="asked")),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("no_breach", "No breach of the rules"),
                            ("mask", "A passage is masked"),
                            ("hide", "Hidden"),
                            ("remove", "Removed"),
                            ("move", "Moved elsewhere"),
                            ("warn", "The author is warned"),
                            ("suspend", "Suspended from taking part"),
                            ("lift", "An earlier measure is lifted"),
                            ("temporary", "Hidden for the time being"),
                            ("release", "Published"),
                        ],
                        max_length=16,
                        verbose_name="outcome",
                    ),
                ),
                ("given_at", models.DateTimeField(editable=False, null=True, verbose_name="given")),
                ("agrees", models.BooleanField(null=True, verbose_name="agrees")),
                (
                    "decision",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="second_opinion",
                        to="civic_moderation.decision",
                        verbose_name="decision",
                    ),
                ),
                (
                    "moderator",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="moderator",
                    ),
                ),
                (
                    "rule",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="civic_moderation.netiquetterule",
                        verbose_name="rule",
                    ),
                ),
            ],
            options={
                "verbose_name": "second opinion",
                "verbose_name_plural": "second opinions",
                "ordering": ["asked_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Appeal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("text", models.TextField(blank=True, verbose_name="text")),
                ("filed_at", models.DateTimeField(editable=False, verbose_name="filed")),
                ("due_at", models.DateTimeField(verbose_name="to be decided by")),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "waiting for a decision"), ("decided", "decided")],
                        default="open",
                        max_length=16,
                        verbose_name="state",
                    ),
                ),
                ("decider", models.UUIDField(editable=False, null=True)),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("upheld", "The decision stands"),
                            ("reversed", "The decision is reversed"),
                            ("changed", "The decision is changed"),
                        ],
                        max_length=16,
                        verbose_name="outcome",
                    ),
                ),
                ("reasons", models.TextField(blank=True, verbose_name="reasons")),
                (
                    "decided_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="decided"),
                ),
                ("salt", models.CharField(blank=True, editable=False, max_length=64)),
                (
                    "appellant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="appeals",
                        to="civic_participants.participant",
                        verbose_name="appellant",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="decided by",
                    ),
                ),
                (
                    "decision",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="appeal",
                        to="civic_moderation.decision",
                        verbose_name="decision",
                    ),
                ),
            ],
            options={
                "verbose_name": "appeal",
                "verbose_name_plural": "appeals",
                "ordering": ["due_at", "pk"],
                "indexes": [models.Index(fields=["state", "due_at"], name="civic_appeal_queue")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at", None), ("outcome", ""), ("state", "open")),
                            models.Q(
                                ("decided_at__isnull", False),
                                ("outcome__in", ["upheld", "reversed", "changed"]),
                                ("state", "decided"),
                                models.Q(("reasons", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="civic_appeal_open_or_decided",
                        violation_error_message="A decision on an appeal needs outcome and reasons.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ForumModeration",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "premoderation",
                    models.CharField(
                        choices=[
                            ("none", "Nothing"),
                            ("everyone", "Everything"),
                            ("newcomers", "What newcomers write"),
                            ("checks", "What an automatic check holds"),
                        ],
                        default="none",
                        max_length=16,
                        verbose_name="waits for a moderator",
                    ),
                ),
                (
                    "target_hours",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="hours until a first decision"
                    ),
                ),
                (
                    "auto_hide_reporters",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="People known here, each counted once. Empty: as the site’s settings say.",
                        null=True,
                        verbose_name="reporters that hide until review",
                    ),
                ),
                (
                    "contact",
                    models.TextField(
                        blank=True,
                        help_text="Name and telephone of the town’s contact, shown to moderators.",
                        max_length=1000,
                        verbose_name="whom to call in an emergency",
                    ),
                ),
                (
                    "process",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="moderation",
                        to="civic_processes.process",
                        verbose_name="process",
                    ),
                ),
            ],
            options={
                "verbose_name": "moderation of a process",
                "verbose_name_plural": "moderation of processes",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("premoderation__in", ["none", "everyone", "newcomers", "checks"])
                        ),
                        name="civic_premoderation_known",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Measure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("hidden", "hidden"),
                            ("masked", "masked"),
                            ("removed", "removed"),
                            ("moved", "moved"),
                            ("warned", "warned"),
                            ("suspended", "suspended"),
                        ],
                        max_length=16,
                        verbose_name="kind",
                    ),
                ),
                ("starts_at", models.DateTimeField(verbose_name="from")),
                ("until", models.DateTimeField(null=True, verbose_name="until")),
                ("ended_at", models.DateTimeField(null=True, verbose_name="ended")),
                (
                    "end_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("expired", "its time was over"),
                            ("lifted", "lifted"),
                            ("reversed", "reversed on appeal"),
                            ("corrected", "corrected"),
                        ],
                        max_length=16,
                        verbose_name="why it ended",
                    ),
                ),
                (
                    "contribution",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="measures",
                        to="civic_attribution.contribution",
                        verbose_name="contribution",
                    ),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="measures",
                        to="civic_moderation.decision",
                        verbose_name="decision",
                    ),
                ),
                (
                    "participant",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="measures",
                        to="civic_participants.participant",
                        verbose_name="participant",
                    ),
                ),
                (
                    "process",
                    models.ForeignKey(
                        help_text="Where it holds; empty for the whole site.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="measures",
                        to="civic_processes.process",
                        verbose_name="process",
                    ),
                ),
            ],
            options={
                "verbose_name": "measure",
                "verbose_name_plural": "measures",
                "ordering": ["starts_at", "pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("ended_at", None), ("until__isnull", False)),
                        fields=["until"],
                        name="civic_measure_due",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("contribution", None), ("participant", None), _connector="XOR"
                        ),
                        name="civic_measure_one_subject",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("end_reason", ""), ("ended_at", None)),
                            models.Q(
                                ("ended_at__isnull", False),
                                models.Q(("end_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="civic_measure_ends_for_a_reason",
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="netiquetterule",
            constraint=models.CheckConstraint(
                condition=models.Q(("severity__range", (1, 4))), name="civic_rule_severity_known"
            ),
        ),
        migrations.AlterUniqueTogether(
            name="netiquetterule",
            unique_together={("translation_key", "locale")},
        ),
        migrations.AddIndex(
            model_name="decision",
            index=models.Index(fields=["decided_at"], name="civic_decision_when"),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.UniqueConstraint(
                fields=("case", "number"),
                name="civic_decision_number",
                violation_error_message="This was decided already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(("facts", ""), _negated=True),
                name="civic_decision_has_facts",
                violation_error_message="A decision needs its reasons.",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("rule__isnull", False),
                    ("outcome__in", ["no_breach", "lift", "release", "move", "temporary"]),
                    _connector="OR",
                ),
                name="civic_decision_has_rule",
                violation_error_message="Choose the rule that was broken.",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("outcome", "temporary"), _negated=True),
                    ("until__isnull", False),
                    _connector="OR",
                ),
                name="civic_decision_temporary_ends",
                violation_error_message="A temporary measure needs an end.",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("until", None), ("until__gt", models.F("starts_at")), _connector="OR"
                ),
                name="civic_decision_ends_after_start",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(("origin", "automatic"), ("outcome", "remove"), _negated=True),
                name="civic_decision_only_people_remove",
                violation_error_message="Only people remove; automation may hold or hide.",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "outcome__in",
                        [
                            "no_breach",
                            "mask",
                            "hide",
                            "remove",
                            "move",
                            "warn",
                            "suspend",
                            "lift",
                            "temporary",
                            "release",
                        ],
                    )
                ),
                name="civic_decision_outcome_known",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                fields=["state", "-is_emergency", "due_at"], name="civic_case_queue"
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["process", "state", "due_at"], name="civic_case_of_process"),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(("contribution", None), ("participant", None), _connector="XOR"),
                name="civic_case_one_subject",
                violation_error_message="A case is about one contribution or one person.",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("contribution", None), ("process__isnull", False), _connector="OR"
                ),
                name="civic_case_contribution_has_process",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "open")),
                fields=("contribution",),
                name="civic_case_open_once_contribution",
                violation_error_message="There is an open case about this.",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "open")),
                fields=("participant",),
                name="civic_case_open_once_participant",
                violation_error_message="There is an open case about this person.",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decided_at", None), ("state", "open")),
                    models.Q(("decided_at__isnull", False), ("state", "decided")),
                    _connector="OR",
                ),
                name="civic_case_open_or_decided",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(("severity__range", (1, 4))), name="civic_case_severity_known"
            ),
        ),
        migrations.AddIndex(
            model_name="preservedtext",
            index=models.Index(fields=["purge_at"], name="civic_preserved_until"),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.UniqueConstraint(
                fields=("case", "reporter"),
                name="civic_report_once_per_person",
                violation_error_message="You have reported this already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.UniqueConstraint(
                condition=models.Q(("anonymous_key", ""), _negated=True),
                fields=("case", "anonymous_key"),
                name="civic_report_once_per_address",
                violation_error_message="This was reported from here already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.CheckConstraint(
                condition=models.Q(("reporter", None), ("anonymous_key", ""), _connector="OR"),
                name="civic_report_person_or_address",
            ),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.CheckConstraint(
                condition=models.Q(("weight__gt", 0), ("weight__lte", 1)),
                name="civic_report_weight",
            ),
        ),
        migrations.AddConstraint(
            model_name="secondopinion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("agrees", None), ("given_at", None), ("outcome", "")),
                    models.Q(
                        ("agrees__isnull", False),
                        ("given_at__isnull", False),
                        models.Q(("outcome", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="civic_second_opinion_asked_or_given",
            ),
        ),
    ]
