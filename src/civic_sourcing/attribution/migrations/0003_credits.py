import uuid

import django.db.models.deletion
from django.db import migrations, models

import civic_sourcing.core.uploads.models
import civic_sourcing.core.uploads.storage


class Migration(migrations.Migration):
    dependencies = [
        ("civic_attribution", "0002_first_licences"),
        ("civic_participants", "0002_people"),
    ]

    operations = [
        migrations.CreateModel(
            name="Provenance",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "place",
                    models.CharField(blank=True, max_length=200, verbose_name="place or workshop"),
                ),
                ("note", models.TextField(blank=True, verbose_name="note for the office")),
                (
                    "contribution",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="provenance",
                        to="civic_attribution.contribution",
                        verbose_name="contribution",
                    ),
                ),
            ],
            options={
                "verbose_name": "provenance",
                "verbose_name_plural": "provenances",
            },
        ),
        migrations.CreateModel(
            name="Scan",
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
                    "contribution",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="scans",
                        to="civic_attribution.contribution",
                        verbose_name="contribution",
                    ),
                ),
            ],
            options={
                "verbose_name": "scan",
                "verbose_name_plural": "scans",
            },
        ),
        migrations.CreateModel(
            name="ClaimCode",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("digest", models.CharField(max_length=64, unique=True)),
                ("created_at", models.DateTimeField(editable=False, verbose_name="made")),
                ("used_at", models.DateTimeField(editable=False, null=True, verbose_name="used")),
                (
                    "revoked_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="revoked"),
                ),
                (
                    "contribution",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="claim_codes",
                        to="civic_attribution.contribution",
                        verbose_name="contribution",
                    ),
                ),
                (
                    "used_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="claim_codes",
                        to="civic_participants.participant",
                        verbose_name="used by",
                    ),
                ),
            ],
            options={
                "verbose_name": "claim code",
                "verbose_name_plural": "claim codes",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("used_at", None), ("used_by", None)),
                            models.Q(
                                ("revoked_at", None),
                                ("used_at__isnull", False),
                                ("used_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="civic_claim_code_used_or_not",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Credit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "name_on_paper",
                    models.CharField(blank=True, max_length=150, verbose_name="name on paper"),
                ),
                (
                    "role",
                    models.CharField(
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
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("invited", "invited"),
                            ("accepted", "accepted"),
                            ("declined", "declined"),
                            ("withdrawn", "withdrawn"),
                            ("credited", "credited"),
                        ],
                        max_length=16,
                        verbose_name="state",
                    ),
                ),
                ("address_digest", models.CharField(blank=True, max_length=64)),
                ("token_digest", models.CharField(blank=True, db_index=True, max_length=64)),
                ("created_at", models.DateTimeField(editable=False, verbose_name="made")),
                (
                    "answered_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="answered"),
                ),
                (
                    "contribution",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="credits",
                        to="civic_attribution.contribution",
                        verbose_name="contribution",
                    ),
                ),
                (
                    "invited_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="invitations_sent",
                        to="civic_participants.participant",
                        verbose_name="invited by",
                    ),
                ),
                (
                    "participant",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="credits",
                        to="civic_participants.participant",
                        verbose_name="participant",
                    ),
                ),
            ],
            options={
                "verbose_name": "credit",
                "verbose_name_plural": "credits",
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["accepted", "credited", "invited"])),
                        fields=("contribution", "participant", "role"),
                        name="civic_credit_once_per_role",
                        violation_error_message="This person has this role already.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("state", "invited"), models.Q(("address_digest", ""), _negated=True)
                        ),
                        fields=("contribution", "address_digest", "role"),
                        name="civic_credit_invited_once",
                        violation_error_message="This address has been invited already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "role__in",
                                [
                                    "originator",
                                    "co_author",
                                    "improver",
                                    "evidence",
                                    "translator",
                                    "staff_editor",
                                ],
                            )
                        ),
                        name="civic_credit_role_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                ["invited", "accepted", "declined", "withdrawn", "credited"],
                            )
                        ),
                        name="civic_credit_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("share", None),
                            models.Q(("share__gt", 0), ("share__lte", 10000)),
                            _connector="OR",
                        ),
                        name="civic_credit_share_is_a_part",
                        violation_error_message="A share is more than 0 % and at most 100 %.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("share", None),
                            ("state__in", ["accepted", "credited"]),
                            _connector="OR",
                        ),
                        name="civic_credit_share_only_if_active",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state", "invited"),
                            models.Q(("address_digest", ""), ("token_digest", "")),
                            _connector="OR",
                        ),
                        name="civic_credit_address_forgotten",
                        violation_error_message="An address is not kept once the answer is there.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("address_digest", ""),
                                ("name_on_paper", ""),
                                ("participant__isnull", False),
                            ),
                            models.Q(
                                ("participant", None),
                                models.Q(("name_on_paper", ""), _negated=True),
                                ("address_digest", ""),
                            ),
                            models.Q(("name_on_paper", ""), ("participant", None)),
                            _connector="OR",
                        ),
                        name="civic_credit_one_way_to_name",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Derivation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("improves", "improved in"),
                            ("merges", "merged into"),
                            ("splits", "split into"),
                            ("becomes_project", "became the project"),
                            ("becomes_entry", "became the entry"),
                            ("adopted", "adopted in"),
                        ],
                        max_length=16,
                        verbose_name="kind",
                    ),
                ),
                ("at", models.DateTimeField(editable=False, verbose_name="at")),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="civic_participants.participant",
                        verbose_name="by",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="derived",
                        to="civic_attribution.contribution",
                        verbose_name="from",
                    ),
                ),
                (
                    "target",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="derived_from",
                        to="civic_attribution.contribution",
                        verbose_name="into",
                    ),
                ),
            ],
            options={
                "verbose_name": "derivation",
                "verbose_name_plural": "derivations",
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("source", "target"),
                        name="civic_derivation_once",
                        violation_error_message="This derivation is known already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("source", models.F("target")), _negated=True),
                        name="civic_derivation_not_of_itself",
                        violation_error_message="Nothing is derived from itself.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "improves",
                                    "merges",
                                    "splits",
                                    "becomes_project",
                                    "becomes_entry",
                                    "adopted",
                                ],
                            )
                        ),
                        name="civic_derivation_kind_known",
                    ),
                ],
            },
        ),
    ]
