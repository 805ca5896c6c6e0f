import uuid

import django.db.models.deletion
import modelcluster.fields
import wagtail.fields
from django.conf import settings
from django.db import migrations, models

import civic_sourcing.core.uploads.models
import civic_sourcing.core.uploads.storage
import civic_sourcing.participants.models.legal_texts


class Migration(migrations.Migration):
    dependencies = [
        ("civic_participants", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ConsentRecord",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=60, verbose_name="text")),
                ("version", models.CharField(max_length=30, verbose_name="version")),
                ("language", models.CharField(max_length=20, verbose_name="language")),
                (
                    "digest",
                    models.CharField(max_length=64, verbose_name="digest of what was shown"),
                ),
                ("at", models.DateTimeField(verbose_name="agreed")),
            ],
            options={
                "verbose_name": "consent",
                "verbose_name_plural": "consents",
            },
        ),
        migrations.CreateModel(
            name="DataExport",
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
                            ("waiting", "being made"),
                            ("ready", "ready"),
                            ("fetched", "downloaded"),
                            ("expired", "expired"),
                        ],
                        default="waiting",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                (
                    "file",
                    models.FileField(
                        blank=True,
                        editable=False,
                        storage=civic_sourcing.core.uploads.storage.UploadStorage(),
                        upload_to=civic_sourcing.core.uploads.models.stored_name,
                        verbose_name="file",
                    ),
                ),
                ("language", models.CharField(blank=True, max_length=20, verbose_name="language")),
                ("asked_at", models.DateTimeField(verbose_name="asked for")),
                ("expires_at", models.DateTimeField(null=True, verbose_name="expires")),
            ],
            options={
                "verbose_name": "download of somebody's data",
                "verbose_name_plural": "downloads of people's data",
            },
        ),
        migrations.CreateModel(
            name="GuardianConsent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "contact",
                    models.EmailField(
                        blank=True, max_length=254, verbose_name="guardian's address"
                    ),
                ),
                (
                    "contact_digest",
                    models.CharField(max_length=64, verbose_name="digest of the address"),
                ),
                (
                    "token_digest",
                    models.CharField(max_length=64, unique=True, verbose_name="digest of the link"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "asked"),
                            ("consented", "consented"),
                            ("refused", "refused"),
                            ("withdrawn", "withdrawn"),
                            ("expired", "not answered in time"),
                        ],
                        default="asked",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("language", models.CharField(blank=True, max_length=20, verbose_name="language")),
                ("asked_at", models.DateTimeField(verbose_name="asked")),
                ("answered_at", models.DateTimeField(null=True, verbose_name="answered")),
            ],
            options={
                "verbose_name": "guardian's consent",
                "verbose_name_plural": "guardians' consents",
            },
        ),
        migrations.CreateModel(
            name="LegalText",
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
                            ("terms", "Terms of participation"),
                            ("privacy", "Privacy notice"),
                            ("code_of_conduct", "Code of conduct"),
                        ],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                ("version", models.PositiveIntegerField(editable=False, verbose_name="version")),
                (
                    "published_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="published"),
                ),
            ],
            options={
                "verbose_name": "legal text",
                "verbose_name_plural": "legal texts",
                "ordering": ["kind", "-version"],
            },
        ),
        migrations.CreateModel(
            name="LegalTextBody",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "language",
                    models.CharField(
                        choices=civic_sourcing.participants.models.legal_texts.languages,
                        max_length=20,
                        verbose_name="language",
                    ),
                ),
                ("title", models.CharField(max_length=150, verbose_name="title")),
                ("body", wagtail.fields.RichTextField(verbose_name="body")),
            ],
            options={
                "verbose_name": "words in one language",
                "verbose_name_plural": "words in every language",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="VerifiedAttribute",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.SlugField(verbose_name="what was verified")),
                ("value", models.CharField(max_length=150, verbose_name="value")),
                ("source", models.CharField(max_length=150, verbose_name="verified by")),
                ("verified_at", models.DateTimeField(verbose_name="verified")),
            ],
            options={
                "verbose_name": "verified attribute",
                "verbose_name_plural": "verified attributes",
            },
        ),
        migrations.AddField(
            model_name="participant",
            name="affiliation",
            field=models.CharField(
                choices=[
                    ("undisclosed", "Not said"),
                    ("resident", "Resident"),
                    ("city_employee", "Works for the city"),
                    ("vendor", "Sells to the city, or would like to"),
                    ("candidate", "Candidate or holder of an elected office"),
                    ("organisation", "Speaks for an organisation"),
                ],
                default="undisclosed",
                max_length=20,
                verbose_name="interest",
            ),
        ),
        migrations.AddField(
            model_name="participant",
            name="affiliation_note",
            field=models.CharField(blank=True, max_length=150, verbose_name="note on the interest"),
        ),
        migrations.AddField(
            model_name="participant",
            name="age_band",
            field=models.CharField(
                choices=[
                    ("unknown", "not asked"),
                    ("of_age", "old enough to take part alone"),
                    ("minor", "needs a guardian's consent"),
                ],
                default="unknown",
                max_length=10,
                verbose_name="age",
            ),
        ),
        migrations.AddField(
            model_name="participant",
            name="erased_at",
            field=models.DateTimeField(editable=False, null=True, verbose_name="erased"),
        ),
        migrations.AddField(
            model_name="participant",
            name="language",
            field=models.CharField(blank=True, max_length=20, verbose_name="language"),
        ),
        migrations.AddField(
            model_name="participant",
            name="name",
            field=models.CharField(blank=True, max_length=150, verbose_name="public name"),
        ),
        migrations.AddField(
            model_name="participant",
            name="standing",
            field=models.CharField(
                choices=[("good", "good"), ("warned", "warned"), ("suspended", "suspended")],
                default="good",
                max_length=10,
                verbose_name="standing",
            ),
        ),
        migrations.AddField(
            model_name="participant",
            name="suspended_until",
            field=models.DateTimeField(blank=True, null=True, verbose_name="suspended until"),
        ),
        migrations.AlterField(
            model_name="participant",
            name="created_at",
            field=models.DateTimeField(auto_now_add=True, verbose_name="takes part since"),
        ),
        migrations.AddConstraint(
            model_name="participant",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("standing", "suspended"), ("suspended_until", None), _connector="OR"
                ),
                name="civic_participant_until_only_if_suspended",
                violation_error_message="Only a suspension has an end.",
            ),
        ),
        migrations.AddConstraint(
            model_name="participant",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("erased_at", None),
                    models.Q(
                        ("affiliation", "undisclosed"),
                        ("affiliation_note", ""),
                        ("language", ""),
                        ("name", ""),
                    ),
                    _connector="OR",
                ),
                name="civic_participant_erased_is_nameless",
            ),
        ),
        migrations.AddField(
            model_name="consentrecord",
            name="participant",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="consents",
                to="civic_participants.participant",
                verbose_name="participant",
            ),
        ),
        migrations.AddField(
            model_name="dataexport",
            name="participant",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="exports",
                to="civic_participants.participant",
                verbose_name="participant",
            ),
        ),
        migrations.AddField(
            model_name="guardianconsent",
            name="participant",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="guardian_consents",
                to="civic_participants.participant",
                verbose_name="child",
            ),
        ),
        migrations.AddConstraint(
            model_name="legaltext",
            constraint=models.UniqueConstraint(
                fields=("kind", "version"),
                name="civic_legal_text_version_once",
                violation_error_message="This version already exists.",
            ),
        ),
        migrations.AddField(
            model_name="legaltextbody",
            name="legal_text",
            field=modelcluster.fields.ParentalKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="bodies",
                to="civic_participants.legaltext",
                verbose_name="text",
            ),
        ),
        migrations.AddField(
            model_name="verifiedattribute",
            name="participant",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="verified_attributes",
                to="civic_participants.participant",
                verbose_name="participant",
            ),
        ),
        migrations.AddConstraint(
            model_name="consentrecord",
            constraint=models.UniqueConstraint(
                fields=("participant", "kind", "version"),
                name="civic_consent_once_per_version",
                violation_error_message="You already agreed to this version.",
            ),
        ),
        migrations.AddConstraint(
            model_name="dataexport",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["waiting", "ready"])),
                fields=("participant",),
                name="civic_one_open_export",
                violation_error_message="Your download is already on its way.",
            ),
        ),
        migrations.AddConstraint(
            model_name="guardianconsent",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["asked", "consented"])),
                fields=("participant",),
                name="civic_one_guardian_at_a_time",
                violation_error_message="A guardian was already asked.",
            ),
        ),
        migrations.AddConstraint(
            model_name="guardianconsent",
            constraint=models.CheckConstraint(
                condition=models.Q(("state", "asked"), ("contact", ""), _connector="OR"),
                name="civic_guardian_address_only_until_answered",
            ),
        ),
        migrations.AddConstraint(
            model_name="legaltextbody",
            constraint=models.UniqueConstraint(
                fields=("legal_text", "language"),
                name="civic_legal_text_language_once",
                violation_error_message="This language is already there.",
            ),
        ),
        migrations.AddConstraint(
            model_name="verifiedattribute",
            constraint=models.UniqueConstraint(
                fields=("participant", "key"),
                name="civic_verified_attribute_once",
                violation_error_message="This was already verified for this person.",
            ),
        ),
    ]
