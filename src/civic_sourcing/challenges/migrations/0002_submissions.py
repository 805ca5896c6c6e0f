import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("civic_attribution", "0006_offers"),
        ("civic_challenges", "0001_initial"),
        ("civic_participants", "0004_phase_notices"),
        ("civic_processes", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Submission",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("number", models.PositiveIntegerField(verbose_name="number")),
                (
                    "document",
                    models.JSONField(blank=True, default=dict, verbose_name="what was handed in"),
                ),
                ("salt", models.CharField(blank=True, max_length=32)),
                ("digest", models.CharField(max_length=64, verbose_name="fingerprint")),
                ("at", models.DateTimeField(verbose_name="handed in")),
            ],
            options={
                "verbose_name": "submission",
                "verbose_name_plural": "submissions",
                "ordering": ["entry", "number"],
            },
        ),
        migrations.RemoveConstraint(
            model_name="entry",
            name="civic_entry_submitted",
        ),
        migrations.AddField(
            model_name="entry",
            name="licence",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="civic_attribution.licenceversion",
                verbose_name="licence",
            ),
        ),
        migrations.AddField(
            model_name="entry",
            name="made_on_duty",
            field=models.BooleanField(
                default=False, verbose_name="made in the course of employment"
            ),
        ),
        migrations.AddField(
            model_name="entry",
            name="refused",
            field=models.CharField(blank=True, editable=False, max_length=64),
        ),
        migrations.AddField(
            model_name="entry",
            name="third_party_note",
            field=models.TextField(blank=True, max_length=5000, verbose_name="material of others"),
        ),
        migrations.AddField(
            model_name="entry",
            name="token_digest",
            field=models.CharField(blank=True, db_index=True, editable=False, max_length=64),
        ),
        migrations.AddField(
            model_name="entryfile",
            name="digest",
            field=models.CharField(blank=True, editable=False, max_length=64),
        ),
        migrations.AddConstraint(
            model_name="entry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "submitted"), _negated=True),
                    models.Q(
                        ("submitted_at__isnull", False), models.Q(("receipt", ""), _negated=True)
                    ),
                    _connector="OR",
                ),
                name="civic_entry_submitted",
                violation_error_message="What is handed in has a time and a receipt.",
            ),
        ),
        migrations.AddField(
            model_name="submission",
            name="entry",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="submissions",
                to="civic_challenges.entry",
            ),
        ),
        migrations.AddField(
            model_name="submission",
            name="round",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="submissions",
                to="civic_challenges.round",
            ),
        ),
        migrations.AddConstraint(
            model_name="submission",
            constraint=models.UniqueConstraint(
                fields=("entry", "number"),
                name="civic_submission_number",
                violation_error_message="There is a submission of this number already.",
            ),
        ),
    ]
