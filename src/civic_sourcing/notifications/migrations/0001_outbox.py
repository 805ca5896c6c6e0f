import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="OutboxMessage",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("address", models.EmailField(blank=True, max_length=254, verbose_name="address")),
                ("category", models.CharField(blank=True, max_length=60, verbose_name="category")),
                (
                    "digest",
                    models.CharField(
                        blank=True,
                        choices=[("daily", "daily digest"), ("weekly", "weekly digest")],
                        max_length=10,
                        verbose_name="digest",
                    ),
                ),
                ("language", models.CharField(max_length=20, verbose_name="language")),
                ("subject", models.CharField(blank=True, max_length=200, verbose_name="subject")),
                ("text", models.TextField(blank=True, verbose_name="text")),
                ("url", models.CharField(blank=True, max_length=500, verbose_name="leads to")),
                ("about", models.UUIDField(db_index=True, null=True, verbose_name="about")),
                (
                    "dedupe",
                    models.CharField(
                        max_length=64,
                        null=True,
                        unique=True,
                        verbose_name="digest against repetition",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("queued", "waiting"),
                            ("sending", "being sent"),
                            ("sent", "sent"),
                            ("failed", "given up"),
                            ("dropped", "no longer wanted"),
                        ],
                        default="queued",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0, verbose_name="attempts")),
                (
                    "failure",
                    models.CharField(
                        blank=True, max_length=80, verbose_name="what went wrong last"
                    ),
                ),
                ("created_at", models.DateTimeField(db_index=True, verbose_name="written at")),
                ("due_at", models.DateTimeField(verbose_name="due at")),
                ("claim", models.UUIDField(null=True, verbose_name="claim of a worker")),
                ("claimed_at", models.DateTimeField(null=True, verbose_name="claimed at")),
                ("sent_at", models.DateTimeField(null=True, verbose_name="sent at")),
                (
                    "user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="account",
                    ),
                ),
            ],
            options={
                "verbose_name": "message",
                "verbose_name_plural": "messages",
            },
        ),
        migrations.CreateModel(
            name="Notification",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("category", models.CharField(max_length=60, verbose_name="category")),
                ("language", models.CharField(max_length=20, verbose_name="language")),
                ("subject", models.CharField(max_length=200, verbose_name="subject")),
                ("body", models.TextField(blank=True, verbose_name="text")),
                ("url", models.CharField(blank=True, max_length=500, verbose_name="leads to")),
                ("about", models.UUIDField(db_index=True, null=True, verbose_name="about")),
                (
                    "dedupe",
                    models.CharField(
                        max_length=64,
                        null=True,
                        unique=True,
                        verbose_name="digest against repetition",
                    ),
                ),
                ("in_app", models.BooleanField(default=True, verbose_name="in the inbox")),
                (
                    "waits_for",
                    models.CharField(
                        blank=True,
                        choices=[("daily", "daily digest"), ("weekly", "weekly digest")],
                        max_length=10,
                        verbose_name="waits for",
                    ),
                ),
                ("created_at", models.DateTimeField(db_index=True, verbose_name="written at")),
                ("read_at", models.DateTimeField(null=True, verbose_name="read at")),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="civic_notifications",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="account",
                    ),
                ),
                (
                    "message",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="notifications",
                        to="civic_notifications.outboxmessage",
                        verbose_name="mail",
                    ),
                ),
            ],
            options={
                "verbose_name": "notification",
                "verbose_name_plural": "notifications",
            },
        ),
        migrations.CreateModel(
            name="Preference",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("category", models.CharField(max_length=60, verbose_name="category")),
                ("in_app", models.BooleanField(default=True, verbose_name="in the inbox")),
                (
                    "mail",
                    models.CharField(
                        choices=[
                            ("now", "At once"),
                            ("daily", "Once a day"),
                            ("weekly", "Once a week"),
                            ("never", "Never"),
                        ],
                        max_length=10,
                        verbose_name="by mail",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="account",
                    ),
                ),
            ],
            options={
                "verbose_name": "preference",
                "verbose_name_plural": "preferences",
            },
        ),
        migrations.AddIndex(
            model_name="outboxmessage",
            index=models.Index(
                condition=models.Q(("state", "queued")),
                fields=["due_at"],
                name="civic_notifications_due",
            ),
        ),
        migrations.AddIndex(
            model_name="outboxmessage",
            index=models.Index(
                condition=models.Q(("state", "sending")),
                fields=["claimed_at"],
                name="civic_notifications_held",
            ),
        ),
        migrations.AddConstraint(
            model_name="outboxmessage",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("address", ""),
                    models.Q(("state__in", ["queued", "sending"]), ("user", None)),
                    _connector="OR",
                ),
                name="civic_notifications_address_wiped",
                violation_error_message="An address is not kept once the message is sent.",
            ),
        ),
        migrations.AddIndex(
            model_name="notification",
            index=models.Index(
                fields=["user", "-created_at", "-id"], name="civic_notifications_inbox"
            ),
        ),
        migrations.AddIndex(
            model_name="notification",
            index=models.Index(
                condition=models.Q(("in_app", True), ("read_at", None)),
                fields=["user"],
                name="civic_notifications_unread",
            ),
        ),
        migrations.AddIndex(
            model_name="notification",
            index=models.Index(
                condition=models.Q(("waits_for", ""), _negated=True),
                fields=["waits_for", "created_at"],
                name="civic_notifications_waiting",
            ),
        ),
        migrations.AddConstraint(
            model_name="preference",
            constraint=models.UniqueConstraint(
                fields=("user", "category"), name="civic_notifications_one_preference"
            ),
        ),
    ]
