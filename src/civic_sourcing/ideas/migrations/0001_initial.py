import uuid

import django.db.models.deletion
import modelcluster.contrib.taggit
import modelcluster.fields
import swapper
import wagtail.contrib.routable_page.models
import wagtail.fields
from django.db import migrations, models

PAGE = swapper.get_model_name("wagtailcore", "Page")
PAGE_POINTER = PAGE.rpartition(".")[2].lower() + "_ptr"


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("civic_participants", "0001_initial"),
        ("civic_processes", "0001_initial"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
        swapper.dependency("wagtailcore", "Page"),
    ]

    operations = [
        migrations.CreateModel(
            name="IdeaTag",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=100, unique=True, verbose_name="name")),
                (
                    "slug",
                    models.SlugField(
                        allow_unicode=True, max_length=100, unique=True, verbose_name="slug"
                    ),
                ),
            ],
            options={
                "verbose_name": "idea tag",
                "verbose_name_plural": "idea tags",
            },
        ),
        migrations.CreateModel(
            name="IdeaForumPage",
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
                ("rules_draft", models.JSONField(blank=True, editable=False, null=True)),
                (
                    "introduction",
                    models.TextField(
                        blank=True,
                        help_text="The question to the town, in two or three lines.",
                        verbose_name="introduction",
                    ),
                ),
                (
                    "body",
                    wagtail.fields.StreamField(
                        [("heading", 0), ("paragraph", 1), ("notice", 2)],
                        blank=True,
                        block_lookup={
                            0: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"icon": "title", "label": "heading"},
                            ),
                            1: (
                                "wagtail.blocks.RichTextBlock",
                                (),
                                {
                                    "features": ["bold", "italic", "link", "ol", "ul"],
                                    "label": "paragraph",
                                },
                            ),
                            2: (
                                "wagtail.blocks.TextBlock",
                                (),
                                {"icon": "warning", "label": "notice"},
                            ),
                        },
                        verbose_name="body",
                    ),
                ),
                (
                    "form_help",
                    models.TextField(
                        blank=True,
                        help_text="What makes a good idea here.",
                        verbose_name="help above the form",
                    ),
                ),
                (
                    "title_help",
                    models.CharField(blank=True, max_length=255, verbose_name="help for the title"),
                ),
                (
                    "description_help",
                    models.CharField(
                        blank=True, max_length=255, verbose_name="help for the description"
                    ),
                ),
                (
                    "process",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="civic_processes.process",
                    ),
                ),
            ],
            options={
                "verbose_name": "idea forum",
                "verbose_name_plural": "idea forums",
            },
            bases=(wagtail.contrib.routable_page.models.RoutablePageMixin, PAGE, models.Model),
        ),
        migrations.CreateModel(
            name="IdeaPage",
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
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("description", models.TextField(verbose_name="description")),
                ("rendered_html", models.TextField(editable=False)),
                ("filed_at", models.DateTimeField(editable=False, verbose_name="filed")),
                (
                    "author",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)ss",
                        to="civic_participants.participant",
                        verbose_name="author",
                    ),
                ),
                (
                    "process",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)ss",
                        to="civic_processes.process",
                    ),
                ),
            ],
            options={
                "verbose_name": "idea",
                "verbose_name_plural": "ideas",
            },
            bases=(wagtail.contrib.routable_page.models.RoutablePageMixin, PAGE, models.Model),
        ),
        migrations.CreateModel(
            name="TaggedIdea",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "content_object",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="tagged_items",
                        to="civic_ideas.ideapage",
                    ),
                ),
                (
                    "tag",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="tagged_ideas",
                        to="civic_ideas.ideatag",
                    ),
                ),
            ],
            options={
                "verbose_name": "tagged idea",
                "verbose_name_plural": "tagged ideas",
            },
        ),
        migrations.AddField(
            model_name="ideapage",
            name="tags",
            field=modelcluster.contrib.taggit.ClusterTaggableManager(
                blank=True,
                help_text="A comma-separated list of tags.",
                through="civic_ideas.TaggedIdea",
                to="civic_ideas.IdeaTag",
                verbose_name="tags",
            ),
        ),
        migrations.CreateModel(
            name="Support",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(editable=False, verbose_name="supported")),
                (
                    "idea",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="supports",
                        to="civic_ideas.ideapage",
                        verbose_name="idea",
                    ),
                ),
                (
                    "participant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="supports",
                        to="civic_participants.participant",
                        verbose_name="participant",
                    ),
                ),
            ],
            options={
                "verbose_name": "support",
                "verbose_name_plural": "supports",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("idea", "participant"),
                        name="civic_support_once_per_person",
                        violation_error_message="You already support this idea.",
                    )
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="taggedidea",
            constraint=models.UniqueConstraint(
                fields=("tag", "content_object"),
                name="civic_idea_tag_once",
                violation_error_message="This idea already has this tag.",
            ),
        ),
        migrations.AddIndex(
            model_name="ideapage",
            index=models.Index(fields=["process", "-filed_at"], name="civic_idea_newest"),
        ),
    ]
