import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("civic_budgets", "0007_turnout"),
        ("civic_participants", "0004_phase_notices"),
    ]

    operations = [
        migrations.CreateModel(
            name="DeskSession",
            fields=[
                (
                    "uuid",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("digest", models.CharField(editable=False, max_length=64, unique=True)),
                ("sealed", models.TextField(editable=False)),
                ("expires_at", models.DateTimeField(editable=False)),
                (
                    "run",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="desk_sessions",
                        to="civic_budgets.voterun",
                    ),
                ),
            ],
            options={
                "verbose_name": "session at a desk",
                "verbose_name_plural": "sessions at desks",
            },
        ),
        migrations.CreateModel(
            name="VoteReminder",
            fields=[
                (
                    "uuid",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("digest", models.CharField(editable=False, max_length=64)),
                ("sealed", models.TextField(blank=True, editable=False)),
                ("due_at", models.DateTimeField(db_index=True, editable=False)),
                (
                    "run",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reminders",
                        to="civic_budgets.voterun",
                    ),
                ),
            ],
            options={
                "verbose_name": "reminder of a vote",
                "verbose_name_plural": "reminders of votes",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("run", "digest"), name="civic_vote_reminder_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="AreaRegister",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="registers",
                        to="civic_budgets.votearea",
                        verbose_name="area",
                    ),
                ),
                (
                    "register",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="vote_areas",
                        to="civic_participants.register",
                        verbose_name="register",
                    ),
                ),
            ],
            options={
                "verbose_name": "register of an area",
                "verbose_name_plural": "registers of areas",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("area", "register"), name="civic_area_register_once"
                    )
                ],
            },
        ),
    ]
