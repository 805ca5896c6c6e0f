import uuid

import django.db.models.deletion
from django.db import migrations, models

import civic_sourcing.core.uploads.models
import civic_sourcing.core.uploads.storage


class Migration(migrations.Migration):
    dependencies = [
        ("civic_attribution", "0004_similar"),
        ("civic_participants", "0002_people"),
    ]

    operations = [
        migrations.CreateModel(
            name="Claim",
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
                            ("filed", "the other side is heard"),
                            ("heard", "waiting for a decision"),
                            ("decided", "decided, can be appealed"),
                            ("appealed", "appealed, the other side is heard"),
                            ("reheard", "appealed, waiting for a decision"),
                            ("final", "final"),
                            ("withdrawn", "withdrawn"),
                        ],
                        default="filed",
                        max_length=16,
                        verbose_name="state",
                    ),
                ),
                ("filed_at", models.DateTimeField(editable=False, verbose_name="filed")),
                ("due_at", models.DateTimeField(editable=False, null=True, verbose_name="due")),
                (
                    "closed_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="closed"),
                ),
                (
                    "claimant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="claims",
                        to="civic_participants.participant",
                        verbose_name="claimant",
                    ),
                ),
                (
                    "contribution",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="claims",
                        to="civic_attribution.contribution",
                        verbose_name="contribution",
                    ),
                ),
                (
                    "respondents",
                    models.ManyToManyField(
                        related_name="claims_to_answer",
                        to="civic_participants.participant",
                        verbose_name="other side",
                    ),
                ),
            ],
            options={
                "verbose_name": "ownership claim",
                "verbose_name_plural": "ownership claims",
                "ordering": ["due_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="ClaimDecision",
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
                            ("added", "Credit is added"),
                            ("shared", "Authorship is shared"),
                            ("transferred", "Authorship is transferred"),
                            ("refused", "The claim is refused"),
                        ],
                        max_length=16,
                        verbose_name="outcome",
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("originator", "originator"),
                            ("co_author", "co-author"),
                            ("improver", "improver"),
                            ("evidence", "evidence"),
                            ("translator", "translator"),
                            ("staff_editor", "staff editor"),
                        ],
                        max_length=16,
                        verbose_name="role",
                    ),
                ),
                ("share", models.PositiveIntegerField(null=True, verbose_name="share")),
                ("reasons", models.TextField(blank=True, verbose_name="reasons")),
                ("salt", models.CharField(blank=True, max_length=64)),
                ("decided_at", models.DateTimeField(editable=False, verbose_name="decided")),
                (
                    "claim",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="civic_attribution.claim",
                        verbose_name="claim",
                    ),
                ),
                (
                    "steward",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="civic_participants.participant",
                        verbose_name="steward",
                    ),
                ),
            ],
            options={
                "verbose_name": "decision on a claim",
                "verbose_name_plural": "decisions on claims",
                "ordering": ["number"],
            },
        ),
        migrations.CreateModel(
            name="ClaimStatement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "part",
                    models.CharField(
                        choices=[
                            ("grounds", "Claim"),
                            ("answer", "Answer"),
                            ("appeal", "Appeal"),
                            ("reply", "Answer to the appeal"),
                            ("acceptance", "Accepts the decision"),
                        ],
                        max_length=16,
                        verbose_name="part",
                    ),
                ),
                ("text", models.TextField(blank=True, verbose_name="text")),
                ("evidence", models.TextField(blank=True, verbose_name="evidence")),
                ("made_at", models.DateTimeField(editable=False, verbose_name="made")),
                (
                    "claim",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="statements",
                        to="civic_attribution.claim",
                        verbose_name="claim",
                    ),
                ),
                (
                    "linked",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="civic_attribution.contribution",
                        verbose_name="earlier contribution",
                    ),
                ),
                (
                    "participant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="civic_participants.participant",
                        verbose_name="by",
                    ),
                ),
            ],
            options={
                "verbose_name": "statement on a claim",
                "verbose_name_plural": "statements on claims",
                "ordering": ["made_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="ClaimFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "file",
                    models.FileField(
                        storage=civic_sourcing.core.uploads.storage.UploadStorage(),
                        upload_to=civic_sourcing.core.uploads.models.stored_name,
                        verbose_name="file",
                    ),
                ),
                (
                    "name",
                    models.CharField(
                        help_text="For display only.", max_length=100, verbose_name="name"
                    ),
                ),
                (
                    "media_type",
                    models.CharField(
                        choices=[
                            ("image/jpeg", "Jpeg"),
                            ("image/png", "Png"),
                            ("image/webp", "Webp"),
                            ("application/pdf", "Pdf"),
                        ],
                        editable=False,
                        max_length=30,
                    ),
                ),
                ("size", models.PositiveIntegerField(editable=False, verbose_name="size in bytes")),
                ("width", models.PositiveIntegerField(editable=False, null=True)),
                ("height", models.PositiveIntegerField(editable=False, null=True)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "statement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="files",
                        to="civic_attribution.claimstatement",
                        verbose_name="statement",
                    ),
                ),
            ],
            options={
                "verbose_name": "evidence for a claim",
                "verbose_name_plural": "evidence for claims",
            },
        ),
        migrations.AddIndex(
            model_name="claim",
            index=models.Index(fields=["state", "due_at"], name="civic_claim_queue"),
        ),
        migrations.AddConstraint(
            model_name="claim",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ("state__in", ["filed", "heard", "decided", "appealed", "reheard"])
                ),
                fields=("contribution", "claimant"),
                name="civic_claim_one_open_per_person",
                violation_error_message="You have already claimed this, and it is not decided.",
            ),
        ),
        migrations.AddConstraint(
            model_name="claim",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "state__in",
                        ["filed", "heard", "decided", "appealed", "reheard", "final", "withdrawn"],
                    )
                ),
                name="civic_claim_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="claim",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("closed_at__isnull", False),
                        ("due_at", None),
                        ("state__in", ["final", "withdrawn"]),
                    ),
                    models.Q(
                        models.Q(("state__in", ["final", "withdrawn"]), _negated=True),
                        ("closed_at", None),
                        ("due_at__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="civic_claim_closed_or_due",
            ),
        ),
        migrations.AddConstraint(
            model_name="claimdecision",
            constraint=models.UniqueConstraint(
                fields=("claim", "number"),
                name="civic_claim_decided_once",
                violation_error_message="This was decided already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="claimdecision",
            constraint=models.CheckConstraint(
                condition=models.Q(("number__in", [1, 2])),
                name="civic_claim_decision_first_or_appeal",
            ),
        ),
        migrations.AddConstraint(
            model_name="claimdecision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("outcome", "added"), ("share", None), models.Q(("role", ""), _negated=True)
                    ),
                    models.Q(
                        ("outcome", "shared"), ("role", ""), ("share__gt", 0), ("share__lt", 10000)
                    ),
                    models.Q(
                        ("outcome__in", ["transferred", "refused"]), ("role", ""), ("share", None)
                    ),
                    _connector="OR",
                ),
                name="civic_claim_decision_complete",
            ),
        ),
        migrations.AddConstraint(
            model_name="claimstatement",
            constraint=models.UniqueConstraint(
                condition=models.Q(("part__in", ["grounds", "appeal"])),
                fields=("claim", "part"),
                name="civic_claim_grounds_and_appeal_once",
                violation_error_message="This was appealed already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="claimstatement",
            constraint=models.UniqueConstraint(
                fields=("claim", "part", "participant"),
                name="civic_claim_statement_once",
                violation_error_message="You have said this already.",
            ),
        ),
    ]
