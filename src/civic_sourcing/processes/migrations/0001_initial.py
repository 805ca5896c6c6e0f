import uuid

import django.db.models.deletion
import swapper
from django.db import migrations, models

PAGE = swapper.get_model_name("wagtailcore", "Page")
PAGE_POINTER = PAGE.rpartition(".")[2].lower() + "_ptr"


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
        swapper.dependency("wagtailcore", "Page"),
    ]

    operations = [
        migrations.CreateModel(
            name="ParticipationPage",
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
                ("introduction", models.TextField(blank=True, verbose_name="introduction")),
            ],
            options={
                "verbose_name": "participation page",
                "verbose_name_plural": "participation pages",
            },
            bases=(PAGE.lower(),),
        ),
        migrations.CreateModel(
            name="Process",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("translation_key", models.UUIDField(editable=False, unique=True)),
                ("kind", models.CharField(max_length=32, verbose_name="kind")),
                (
                    "mandate",
                    models.CharField(
                        choices=[
                            ("advisory", "Advisory"),
                            ("conditional", "Conditional"),
                            ("binding", "Binding"),
                        ],
                        default="advisory",
                        max_length=16,
                        verbose_name="mandate",
                    ),
                ),
                ("rules_version", models.PositiveIntegerField(default=0, editable=False)),
                ("first_opened_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "verbose_name": "process",
                "verbose_name_plural": "processes",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("mandate__in", ["advisory", "conditional", "binding"])),
                        name="civic_process_mandate_known",
                        violation_error_message="This mandate is not known.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Phase",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=32, verbose_name="kind")),
                ("opens_at", models.DateTimeField(db_index=True, verbose_name="opens")),
                ("closes_at", models.DateTimeField(blank=True, null=True, verbose_name="closes")),
                (
                    "descriptions",
                    models.JSONField(blank=True, default=dict, verbose_name="descriptions"),
                ),
                ("announced_open_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("announced_close_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "process",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="phases",
                        to="civic_processes.process",
                        verbose_name="process",
                    ),
                ),
            ],
            options={
                "verbose_name": "phase",
                "verbose_name_plural": "phases",
                "ordering": ["opens_at", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("closes_at__isnull", True),
                            ("closes_at__gt", models.F("opens_at")),
                            _connector="OR",
                        ),
                        name="civic_phase_closes_after_opening",
                        violation_error_message="A phase has to close after it opens.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RoleAssignment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("role", models.CharField(max_length=32, verbose_name="role")),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="civic_roles",
                        to="auth.group",
                        verbose_name="group",
                    ),
                ),
                (
                    "page",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="civic_roles",
                        to=PAGE,
                        verbose_name="page",
                    ),
                ),
            ],
            options={
                "verbose_name": "role on a page",
                "verbose_name_plural": "roles on pages",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("group", "page", "role"),
                        name="civic_role_once_per_group_and_page",
                        violation_error_message="This group already has this role on this page.",
                    )
                ],
            },
        ),
    ]
