"""Forms set up by editors, drafts, files, edits and followers of ideas."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

import civic_sourcing.core.uploads.models
import civic_sourcing.core.uploads.storage


class Migration(migrations.Migration):
    dependencies = [
        ("civic_attribution", "0006_offers"),
        ("civic_ideas", "0004_every_idea_has_its_row"),
        ("civic_participants", "0003_eligibility"),
        ("civic_processes", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="FormQuestion",
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
                            ("text", "Text"),
                            ("choice", "One of several"),
                            ("number", "Number"),
                            ("date", "Date"),
                            ("file", "File"),
                        ],
                        max_length=8,
                        verbose_name="kind",
                    ),
                ),
                ("labels", models.JSONField(default=dict, verbose_name="question")),
                ("helps", models.JSONField(blank=True, default=dict, verbose_name="help")),
                ("choices", models.JSONField(blank=True, default=list, verbose_name="choices")),
                (
                    "is_required",
                    models.BooleanField(default=False, verbose_name="has to be answered"),
                ),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
                (
                    "retired_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="retired"),
                ),
            ],
            options={
                "verbose_name": "further question",
                "verbose_name_plural": "further questions",
                "ordering": ["position", "pk"],
            },
        ),
        migrations.CreateModel(
            name="FormReply",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("question_text", models.CharField(max_length=200, verbose_name="question")),
                ("text", models.TextField(verbose_name="reply")),
                ("value", models.CharField(blank=True, max_length=40)),
            ],
            options={
                "verbose_name": "reply to a question",
                "verbose_name_plural": "replies to questions",
                "ordering": ["question__position", "question"],
            },
        ),
        migrations.CreateModel(
            name="FormSetup",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "tags",
                    models.CharField(
                        choices=[
                            ("no", "Not asked"),
                            ("optional", "People may fill it in"),
                            ("required", "Everybody has to fill it in"),
                        ],
                        default="optional",
                        max_length=8,
                        verbose_name="tags",
                    ),
                ),
                (
                    "category",
                    models.CharField(
                        choices=[
                            ("no", "Not asked"),
                            ("optional", "People may fill it in"),
                            ("required", "Everybody has to fill it in"),
                        ],
                        default="optional",
                        max_length=8,
                        verbose_name="category",
                    ),
                ),
                (
                    "district",
                    models.CharField(
                        choices=[
                            ("no", "Not asked"),
                            ("optional", "People may fill it in"),
                            ("required", "Everybody has to fill it in"),
                        ],
                        default="optional",
                        max_length=8,
                        verbose_name="district",
                    ),
                ),
                (
                    "location",
                    models.CharField(
                        choices=[
                            ("no", "Not asked"),
                            ("optional", "People may fill it in"),
                            ("required", "Everybody has to fill it in"),
                        ],
                        default="no",
                        max_length=8,
                        verbose_name="location",
                    ),
                ),
                (
                    "photos",
                    models.CharField(
                        choices=[
                            ("no", "Not asked"),
                            ("optional", "People may fill it in"),
                            ("required", "Everybody has to fill it in"),
                        ],
                        default="no",
                        max_length=8,
                        verbose_name="photos",
                    ),
                ),
                (
                    "prefilled",
                    models.JSONField(blank=True, default=dict, verbose_name="text to begin with"),
                ),
                (
                    "helps",
                    models.JSONField(blank=True, default=dict, verbose_name="help per field"),
                ),
            ],
            options={
                "verbose_name": "form for new ideas",
                "verbose_name_plural": "forms for new ideas",
            },
        ),
        migrations.CreateModel(
            name="IdeaChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField(verbose_name="version")),
                ("is_material", models.BooleanField(default=False, verbose_name="material")),
                ("parts", models.JSONField(default=list, verbose_name="also changed")),
                (
                    "note",
                    models.CharField(
                        blank=True, max_length=500, verbose_name="what was changed and why"
                    ),
                ),
                ("changed_at", models.DateTimeField(editable=False, verbose_name="changed")),
            ],
            options={
                "verbose_name": "edit of an idea",
                "verbose_name_plural": "edits of ideas",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="IdeaDraft",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("words", models.JSONField(default=dict, verbose_name="what was typed")),
                ("step", models.CharField(blank=True, max_length=16, verbose_name="step")),
                ("created_at", models.DateTimeField(editable=False, verbose_name="begun")),
                (
                    "changed_at",
                    models.DateTimeField(
                        db_index=True, editable=False, verbose_name="last changed"
                    ),
                ),
            ],
            options={
                "verbose_name": "draft of an idea",
                "verbose_name_plural": "drafts of ideas",
            },
        ),
        migrations.CreateModel(
            name="IdeaFile",
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
                    "alternative",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="what the photo shows"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
            ],
            options={
                "verbose_name": "file of an idea",
                "verbose_name_plural": "files of ideas",
                "ordering": ["position", "pk"],
            },
        ),
        migrations.CreateModel(
            name="IdeaFollow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("since", models.DateTimeField(editable=False, verbose_name="since")),
            ],
            options={
                "verbose_name": "followed idea",
                "verbose_name_plural": "followed ideas",
            },
        ),
        migrations.CreateModel(
            name="IdeaWithdrawal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("solved", "The matter is settled"),
                            ("double", "Another idea says the same"),
                            ("mistaken", "It rests on a mistake"),
                            ("changed-mind", "I see it differently now"),
                            ("other", "Another reason"),
                        ],
                        max_length=16,
                        verbose_name="reason",
                    ),
                ),
                (
                    "text",
                    models.CharField(blank=True, max_length=1000, verbose_name="in your own words"),
                ),
                ("withdrawn_at", models.DateTimeField(editable=False, verbose_name="withdrawn")),
            ],
            options={
                "verbose_name": "withdrawal of an idea",
                "verbose_name_plural": "withdrawals of ideas",
            },
        ),
        migrations.AddField(
            model_name="ideapage",
            name="address",
            field=models.CharField(
                blank=True, editable=False, max_length=300, verbose_name="address"
            ),
        ),
        migrations.AddField(
            model_name="ideapage",
            name="edited_at",
            field=models.DateTimeField(editable=False, null=True, verbose_name="edited"),
        ),
        migrations.AddField(
            model_name="ideapage",
            name="latitude",
            field=models.DecimalField(
                decimal_places=6, editable=False, max_digits=9, null=True, verbose_name="latitude"
            ),
        ),
        migrations.AddField(
            model_name="ideapage",
            name="longitude",
            field=models.DecimalField(
                decimal_places=6, editable=False, max_digits=9, null=True, verbose_name="longitude"
            ),
        ),
        migrations.AddField(
            model_name="ideapage",
            name="material_version",
            field=models.PositiveIntegerField(default=1, editable=False),
        ),
        migrations.AddField(
            model_name="support",
            name="version",
            field=models.PositiveIntegerField(default=1, editable=False, verbose_name="version"),
        ),
        migrations.AddField(
            model_name="formquestion",
            name="process",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="idea_questions",
                to="civic_processes.process",
            ),
        ),
        migrations.AddField(
            model_name="formreply",
            name="contribution",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="idea_replies",
                to="civic_attribution.contribution",
            ),
        ),
        migrations.AddField(
            model_name="formreply",
            name="question",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="replies",
                to="civic_ideas.formquestion",
            ),
        ),
        migrations.AddField(
            model_name="formsetup",
            name="process",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="idea_form",
                to="civic_processes.process",
            ),
        ),
        migrations.AddField(
            model_name="ideachange",
            name="contribution",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="idea_changes",
                to="civic_attribution.contribution",
            ),
        ),
        migrations.AddField(
            model_name="ideadraft",
            name="participant",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="idea_drafts",
                to="civic_participants.participant",
            ),
        ),
        migrations.AddField(
            model_name="ideadraft",
            name="process",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="idea_drafts",
                to="civic_processes.process",
            ),
        ),
        migrations.AddField(
            model_name="ideafile",
            name="contribution",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="idea_files",
                to="civic_attribution.contribution",
            ),
        ),
        migrations.AddField(
            model_name="ideafile",
            name="draft",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="files",
                to="civic_ideas.ideadraft",
            ),
        ),
        migrations.AddField(
            model_name="ideafile",
            name="question",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="files",
                to="civic_ideas.formquestion",
            ),
        ),
        migrations.AddField(
            model_name="ideafollow",
            name="contribution",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="idea_follows",
                to="civic_attribution.contribution",
                verbose_name="idea",
            ),
        ),
        migrations.AddField(
            model_name="ideafollow",
            name="participant",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="idea_follows",
                to="civic_participants.participant",
                verbose_name="participant",
            ),
        ),
        migrations.AddField(
            model_name="ideawithdrawal",
            name="contribution",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="idea_withdrawal",
                to="civic_attribution.contribution",
            ),
        ),
        migrations.AddConstraint(
            model_name="formquestion",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["text", "choice", "number", "date", "file"])),
                name="civic_idea_question_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="formreply",
            constraint=models.UniqueConstraint(
                fields=("contribution", "question"), name="civic_idea_reply_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="formsetup",
            constraint=models.CheckConstraint(
                condition=models.Q(("tags__in", ["no", "optional", "required"])),
                name="civic_idea_form_tags_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="formsetup",
            constraint=models.CheckConstraint(
                condition=models.Q(("category__in", ["no", "optional", "required"])),
                name="civic_idea_form_category_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="formsetup",
            constraint=models.CheckConstraint(
                condition=models.Q(("district__in", ["no", "optional", "required"])),
                name="civic_idea_form_district_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="formsetup",
            constraint=models.CheckConstraint(
                condition=models.Q(("location__in", ["no", "optional", "required"])),
                name="civic_idea_form_location_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="formsetup",
            constraint=models.CheckConstraint(
                condition=models.Q(("photos__in", ["no", "optional", "required"])),
                name="civic_idea_form_photos_known",
            ),
        ),
        migrations.AddIndex(
            model_name="ideadraft",
            index=models.Index(fields=["participant", "process"], name="civic_idea_draft_mine"),
        ),
        migrations.AddConstraint(
            model_name="ideafile",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("draft__isnull", True), ("contribution__isnull", True), _connector="OR"
                ),
                name="civic_idea_file_somewhere",
            ),
        ),
        migrations.AddConstraint(
            model_name="ideafollow",
            constraint=models.UniqueConstraint(
                fields=("contribution", "participant"),
                name="civic_idea_follow_once",
                violation_error_message="You follow this idea already.",
            ),
        ),
    ]
