import django.core.validators
import django.db.models.deletion
import swapper
import wagtail.contrib.routable_page.models
import wagtail.fields
from django.db import migrations, models

PAGE = swapper.get_model_name("wagtailcore", "Page")
PAGE_POINTER = PAGE.rpartition(".")[2].lower() + "_ptr"
PARTS = [
    ("year", "the whole year"),
    ("h1", "first half"),
    ("h2", "second half"),
    ("q1", "first quarter"),
    ("q2", "second quarter"),
    ("q3", "third quarter"),
    ("q4", "fourth quarter"),
]


class Migration(migrations.Migration):
    """Reports about moderation, and the figures they were published with."""

    dependencies = [
        ("civic_moderation", "0004_deciding"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
        swapper.dependency("wagtailcore", "Page"),
    ]

    operations = [
        migrations.CreateModel(
            name="PublishedFigures",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("translation_key", models.UUIDField(editable=False)),
                ("scope", models.CharField(editable=False, max_length=64)),
                ("document", models.JSONField(editable=False)),
                ("frozen_at", models.DateTimeField(editable=False, verbose_name="counted")),
            ],
            options={
                "verbose_name": "published figures",
                "verbose_name_plural": "published figures",
                "ordering": ["frozen_at", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=["translation_key", "scope"], name="civic_figures_frozen_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ModerationReportPage",
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
                (
                    "year",
                    models.PositiveSmallIntegerField(
                        validators=[django.core.validators.MinValueValidator(2000)],
                        verbose_name="year",
                    ),
                ),
                (
                    "part",
                    models.CharField(choices=PARTS, max_length=8, verbose_name="part of the year"),
                ),
                (
                    "forums",
                    models.JSONField(
                        blank=True,
                        default=list,
                        help_text="None chosen: all that everybody may read, and profiles.",
                        verbose_name="forums",
                    ),
                ),
                (
                    "introduction",
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
                        verbose_name="introduction",
                    ),
                ),
            ],
            options={
                "verbose_name": "moderation report",
                "verbose_name_plural": "moderation reports",
            },
            bases=(
                wagtail.contrib.routable_page.models.RoutablePageMixin,
                PAGE.lower(),
                models.Model,
            ),
        ),
    ]
