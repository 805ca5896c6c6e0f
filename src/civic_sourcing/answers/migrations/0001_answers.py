import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import civic_sourcing.core.uploads.models
import civic_sourcing.core.uploads.storage


class Migration(migrations.Migration):
    """Departments, answers, promises and adoptions."""

    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("civic_attribution", "0006_offers"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Agreement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                (
                    "text",
                    models.TextField(blank=True, max_length=10000, verbose_name="what was agreed"),
                ),
                ("valid_from", models.DateField(verbose_name="valid from")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="valid to")),
            ],
            options={
                "verbose_name": "agreement",
                "verbose_name_plural": "agreements",
                "ordering": ["title", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Adoption",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("text", models.TextField(blank=True, verbose_name="what the city does")),
                ("rendered_html", models.TextField(blank=True, editable=False)),
                (
                    "budget_line",
                    models.CharField(blank=True, max_length=200, verbose_name="budget line"),
                ),
                ("currency", models.CharField(blank=True, max_length=3, verbose_name="currency")),
                (
                    "procedure_changed",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="rule or procedure that changes"
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("planned", "planned"),
                            ("in_preparation", "in preparation"),
                            ("in_progress", "in progress"),
                            ("in_force", "in force"),
                            ("changed", "in force, otherwise than proposed"),
                            ("cancelled", "cancelled"),
                        ],
                        default="planned",
                        max_length=16,
                        verbose_name="status",
                    ),
                ),
                ("expected_on", models.DateField(blank=True, null=True, verbose_name="expected")),
                ("adopted_at", models.DateTimeField(editable=False, verbose_name="adopted")),
                (
                    "delivered_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="in force since"),
                ),
                (
                    "contribution",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="adoption",
                        to="civic_attribution.contribution",
                        verbose_name="contribution",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="owner",
                    ),
                ),
                (
                    "agreement",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="adoptions",
                        to="civic_answers.agreement",
                        verbose_name="agreement",
                    ),
                ),
            ],
            options={
                "verbose_name": "adoption",
                "verbose_name_plural": "adoptions",
                "ordering": ["expected_on", "pk"],
            },
        ),
        migrations.CreateModel(
            name="DeliveryUpdate",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("text", models.TextField(verbose_name="text")),
                ("rendered_html", models.TextField(blank=True, editable=False)),
                (
                    "spent",
                    models.PositiveBigIntegerField(
                        blank=True, null=True, verbose_name="spent so far"
                    ),
                ),
                ("at", models.DateTimeField(editable=False, verbose_name="at")),
                (
                    "adoption",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="updates",
                        to="civic_answers.adoption",
                        verbose_name="adoption",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
            ],
            options={
                "verbose_name": "news of a delivery",
                "verbose_name_plural": "news of deliveries",
                "ordering": ["-at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="DeliveryPhoto",
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
                    "alternative_text",
                    models.CharField(max_length=300, verbose_name="what the picture shows"),
                ),
                (
                    "update",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="photos",
                        to="civic_answers.deliveryupdate",
                        verbose_name="news",
                    ),
                ),
            ],
            options={
                "verbose_name": "photo of a delivery",
                "verbose_name_plural": "photos of deliveries",
            },
        ),
        migrations.CreateModel(
            name="Department",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("translation_key", models.UUIDField(default=uuid.uuid4, editable=False)),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                (
                    "contact",
                    models.TextField(
                        blank=True,
                        help_text="As the public may read it.",
                        max_length=1000,
                        verbose_name="contact",
                    ),
                ),
                (
                    "description",
                    models.TextField(
                        blank=True, max_length=2000, verbose_name="what it is responsible for"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
                (
                    "retired",
                    models.BooleanField(
                        default=False,
                        help_text="Nobody can choose it any more; what it answered keeps its name.",
                        verbose_name="closed",
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        blank=True,
                        help_text="Whoever is in this group hears what it owes, and writes its part of answers.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="civic_departments",
                        to="auth.group",
                        verbose_name="people",
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
                "verbose_name": "department",
                "verbose_name_plural": "departments",
                "ordering": ["position", "name", "pk"],
                "abstract": False,
                "unique_together": {("translation_key", "locale")},
            },
        ),
        migrations.AddField(
            model_name="agreement",
            name="departments",
            field=models.ManyToManyField(
                related_name="agreements", to="civic_answers.department", verbose_name="departments"
            ),
        ),
        migrations.AddField(
            model_name="adoption",
            name="department",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="adoptions",
                to="civic_answers.department",
                verbose_name="department",
            ),
        ),
        migrations.AddField(
            model_name="adoption",
            name="partners",
            field=models.ManyToManyField(
                blank=True,
                related_name="partnered_adoptions",
                to="civic_answers.department",
                verbose_name="partner departments",
            ),
        ),
        migrations.CreateModel(
            name="Milestone",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("title", models.CharField(max_length=200, verbose_name="milestone")),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="planned for")),
                ("done_on", models.DateField(blank=True, null=True, verbose_name="reached")),
                (
                    "adoption",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="milestones",
                        to="civic_answers.adoption",
                        verbose_name="adoption",
                    ),
                ),
            ],
            options={
                "verbose_name": "milestone",
                "verbose_name_plural": "milestones",
                "ordering": [models.OrderBy(models.F("due_on"), nulls_last=True), "pk"],
            },
        ),
        migrations.CreateModel(
            name="OfficialAnswer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "number",
                    models.PositiveSmallIntegerField(
                        editable=False, null=True, verbose_name="number"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("interim", "Interim answer"), ("final", "Answer")],
                        default="final",
                        max_length=8,
                        verbose_name="kind",
                    ),
                ),
                (
                    "decision",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("accepted", "Accepted"),
                            ("partly", "Accepted in part"),
                            ("declined", "Declined"),
                            ("referred", "Referred elsewhere"),
                            ("answered", "Answered"),
                        ],
                        max_length=16,
                        verbose_name="decision",
                    ),
                ),
                (
                    "reason_codes",
                    models.JSONField(blank=True, default=list, verbose_name="reasons"),
                ),
                (
                    "departs_reason",
                    models.TextField(
                        blank=True,
                        max_length=5000,
                        verbose_name="why it departs from what people supported",
                    ),
                ),
                ("text", models.TextField(blank=True, verbose_name="text")),
                ("rendered_html", models.TextField(blank=True, editable=False)),
                ("language", models.CharField(max_length=16, verbose_name="language")),
                (
                    "next_step",
                    models.CharField(blank=True, max_length=300, verbose_name="next step"),
                ),
                ("next_date", models.DateField(blank=True, null=True, verbose_name="until")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "draft"),
                            ("open_parts", "waiting for other departments"),
                            ("published", "published"),
                            ("discarded", "discarded"),
                        ],
                        default="draft",
                        max_length=16,
                        verbose_name="state",
                    ),
                ),
                ("created_at", models.DateTimeField(editable=False, verbose_name="begun")),
                (
                    "published_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="published"),
                ),
                ("salt", models.CharField(blank=True, editable=False, max_length=64)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="written by",
                    ),
                ),
                (
                    "contribution",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="official_answers",
                        to="civic_attribution.contribution",
                        verbose_name="contribution",
                    ),
                ),
                (
                    "corrects",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrections",
                        to="civic_answers.officialanswer",
                        verbose_name="corrects",
                    ),
                ),
                (
                    "department",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answers",
                        to="civic_answers.department",
                        verbose_name="responsible department",
                    ),
                ),
            ],
            options={
                "verbose_name": "official answer",
                "verbose_name_plural": "official answers",
                "ordering": ["contribution", "number", "pk"],
            },
        ),
        migrations.CreateModel(
            name="AnswerPart",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.TextField(blank=True, verbose_name="text")),
                ("rendered_html", models.TextField(blank=True, editable=False)),
                (
                    "contributed_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="contributed"),
                ),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="written by",
                    ),
                ),
                (
                    "department",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="parts",
                        to="civic_answers.department",
                        verbose_name="department",
                    ),
                ),
                (
                    "answer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="parts",
                        to="civic_answers.officialanswer",
                        verbose_name="answer",
                    ),
                ),
            ],
            options={
                "verbose_name": "part of an answer",
                "verbose_name_plural": "parts of answers",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Promise",
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
                        choices=[("answer", "an answer"), ("delivery", "a delivery")],
                        default="answer",
                        max_length=16,
                        verbose_name="kind",
                    ),
                ),
                ("cause", models.CharField(max_length=32, verbose_name="cause")),
                ("key", models.CharField(blank=True, editable=False, max_length=64)),
                (
                    "cause_details",
                    models.JSONField(blank=True, default=dict, verbose_name="details of the cause"),
                ),
                ("made_at", models.DateTimeField(editable=False, verbose_name="made")),
                ("first_due_at", models.DateTimeField(editable=False, verbose_name="first due")),
                ("due_at", models.DateTimeField(verbose_name="due")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("running", "running"),
                            ("kept", "kept in time"),
                            ("late_kept", "kept late"),
                            ("waived", "waived"),
                        ],
                        default="running",
                        max_length=16,
                        verbose_name="state",
                    ),
                ),
                ("kept_at", models.DateTimeField(editable=False, null=True, verbose_name="kept")),
                (
                    "waived_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="waived"),
                ),
                (
                    "waived_reason",
                    models.TextField(blank=True, max_length=2000, verbose_name="why it was waived"),
                ),
                (
                    "reminded_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="reminded"),
                ),
                (
                    "escalated_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="escalated"),
                ),
                (
                    "contribution",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="promises",
                        to="civic_attribution.contribution",
                        verbose_name="contribution",
                    ),
                ),
                (
                    "department",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="promises",
                        to="civic_answers.department",
                        verbose_name="department",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="owner",
                    ),
                ),
            ],
            options={
                "verbose_name": "promise",
                "verbose_name_plural": "promises",
                "ordering": ["due_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="PromiseExtension",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("due_before", models.DateTimeField(editable=False, verbose_name="due before")),
                ("due_at", models.DateTimeField(editable=False, verbose_name="due")),
                ("reason", models.TextField(max_length=2000, verbose_name="reason")),
                ("at", models.DateTimeField(editable=False, verbose_name="at")),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                (
                    "promise",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="extensions",
                        to="civic_answers.promise",
                        verbose_name="promise",
                    ),
                ),
            ],
            options={
                "verbose_name": "extension of a promise",
                "verbose_name_plural": "extensions of promises",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="AdoptionChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "before",
                    models.CharField(
                        choices=[
                            ("planned", "planned"),
                            ("in_preparation", "in preparation"),
                            ("in_progress", "in progress"),
                            ("in_force", "in force"),
                            ("changed", "in force, otherwise than proposed"),
                            ("cancelled", "cancelled"),
                        ],
                        max_length=16,
                        verbose_name="before",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("planned", "planned"),
                            ("in_preparation", "in preparation"),
                            ("in_progress", "in progress"),
                            ("in_force", "in force"),
                            ("changed", "in force, otherwise than proposed"),
                            ("cancelled", "cancelled"),
                        ],
                        max_length=16,
                        verbose_name="status",
                    ),
                ),
                ("reason", models.TextField(blank=True, max_length=2000, verbose_name="reason")),
                ("at", models.DateTimeField(editable=False, verbose_name="at")),
                (
                    "adoption",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="changes",
                        to="civic_answers.adoption",
                        verbose_name="adoption",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
            ],
            options={
                "verbose_name": "change of an adoption",
                "verbose_name_plural": "changes of adoptions",
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status__in", ["changed", "cancelled"]), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="civic_adoption_change_has_reason",
                        violation_error_message="Please say why, for everybody to read.",
                    )
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="agreement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_to", None), ("valid_to__gte", models.F("valid_from")), _connector="OR"
                ),
                name="civic_agreement_ends_after_beginning",
                violation_error_message="An agreement cannot end before it begins.",
            ),
        ),
        migrations.AddIndex(
            model_name="adoption",
            index=models.Index(fields=["status", "expected_on"], name="civic_adoption_plan"),
        ),
        migrations.AddConstraint(
            model_name="adoption",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "status__in",
                        [
                            "planned",
                            "in_preparation",
                            "in_progress",
                            "in_force",
                            "changed",
                            "cancelled",
                        ],
                    )
                ),
                name="civic_adoption_status_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="adoption",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("delivered_at__isnull", False), ("status__in", ["in_force", "changed"])
                    ),
                    models.Q(
                        models.Q(("status__in", ["in_force", "changed"]), _negated=True),
                        ("delivered_at", None),
                    ),
                    _connector="OR",
                ),
                name="civic_adoption_dated_when_delivered",
            ),
        ),
        migrations.AddIndex(
            model_name="officialanswer",
            index=models.Index(fields=["state", "-published_at"], name="civic_answer_latest"),
        ),
        migrations.AddConstraint(
            model_name="officialanswer",
            constraint=models.UniqueConstraint(
                fields=("contribution", "number"), name="civic_answer_number_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="officialanswer",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "discarded"), _negated=True),
                fields=("corrects",),
                name="civic_answer_corrected_once",
                violation_error_message="Somebody is correcting this answer already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="officialanswer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("number__isnull", False),
                        ("published_at__isnull", False),
                        ("state", "published"),
                    ),
                    models.Q(
                        models.Q(("state", "published"), _negated=True),
                        ("number", None),
                        ("published_at", None),
                    ),
                    _connector="OR",
                ),
                name="civic_answer_numbered_when_published",
            ),
        ),
        migrations.AddConstraint(
            model_name="officialanswer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind__in", ["interim", "final"]),
                    ("state__in", ["draft", "open_parts", "published", "discarded"]),
                ),
                name="civic_answer_kind_and_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="officialanswer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("decision__in", ["", "accepted", "partly", "declined", "referred", "answered"])
                ),
                name="civic_answer_decision_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="officialanswer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "published"), _negated=True),
                    models.Q(("kind", "final"), _negated=True),
                    models.Q(("decision", ""), _negated=True),
                    _connector="OR",
                ),
                name="civic_answer_final_decides",
                violation_error_message="A final answer says what is decided.",
            ),
        ),
        migrations.AddConstraint(
            model_name="answerpart",
            constraint=models.UniqueConstraint(
                fields=("answer", "department"),
                name="civic_answer_part_once",
                violation_error_message="This department has a part in the answer already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="answerpart",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("contributed_at", None), ("text", "")),
                    models.Q(
                        ("contributed_at__isnull", False), models.Q(("text", ""), _negated=True)
                    ),
                    _connector="OR",
                ),
                name="civic_answer_part_contributed_with_text",
            ),
        ),
        migrations.AddIndex(
            model_name="promise",
            index=models.Index(fields=["state", "due_at"], name="civic_promise_clock"),
        ),
        migrations.AddIndex(
            model_name="promise",
            index=models.Index(fields=["kind", "due_at"], name="civic_promise_compliance"),
        ),
        migrations.AddConstraint(
            model_name="promise",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "running")),
                fields=("contribution", "kind", "cause", "key"),
                name="civic_promise_running_once",
                violation_error_message="This is promised already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="promise",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kept_at", None), ("state", "running"), ("waived_at", None)),
                    models.Q(
                        ("kept_at__lte", models.F("due_at")), ("state", "kept"), ("waived_at", None)
                    ),
                    models.Q(
                        ("kept_at__gt", models.F("due_at")),
                        ("state", "late_kept"),
                        ("waived_at", None),
                    ),
                    models.Q(
                        ("kept_at", None),
                        ("state", "waived"),
                        ("waived_at__isnull", False),
                        models.Q(("waived_reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="civic_promise_state_as_dated",
                violation_error_message="What is waived needs a reason.",
            ),
        ),
        migrations.AddConstraint(
            model_name="promise",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["answer", "delivery"])),
                name="civic_promise_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="promise",
            constraint=models.CheckConstraint(
                condition=models.Q(("due_at__gte", models.F("first_due_at"))),
                name="civic_promise_only_extended",
            ),
        ),
        migrations.AddConstraint(
            model_name="promiseextension",
            constraint=models.CheckConstraint(
                condition=models.Q(("due_at__gt", models.F("due_before"))),
                name="civic_extension_gives_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="promiseextension",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True),
                name="civic_extension_has_reason",
                violation_error_message="More time needs a reason everybody can read.",
            ),
        ),
    ]
