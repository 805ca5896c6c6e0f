import django.db.models.deletion
import wagtail.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
    ]

    operations = [
        migrations.CreateModel(
            name="HomePage",
            fields=[
                (
                    "page_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to="wagtailcore.page",
                    ),
                ),
                ("headline", models.CharField(max_length=120, verbose_name="headline")),
                (
                    "lead",
                    models.TextField(
                        blank=True,
                        help_text="One or two sentences below the headline.",
                        verbose_name="lead",
                    ),
                ),
            ],
            options={
                "verbose_name": "home page",
            },
            bases=("wagtailcore.page",),
        ),
        migrations.CreateModel(
            name="TextPage",
            fields=[
                (
                    "page_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to="wagtailcore.page",
                    ),
                ),
                ("lead", models.TextField(blank=True, verbose_name="lead")),
                (
                    "body",
                    wagtail.fields.StreamField(
                        [("heading", 0), ("paragraph", 1), ("facts", 5), ("notice", 6)],
                        blank=True,
                        block_lookup={
                            0: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {
                                    "icon": "title",
                                    "label": "heading",
                                    "template": "town/blocks/heading.html",
                                },
                            ),
                            1: (
                                "wagtail.blocks.RichTextBlock",
                                (),
                                {
                                    "features": ["bold", "italic", "link", "ol", "ul"],
                                    "label": "paragraph",
                                },
                            ),
                            2: ("wagtail.blocks.CharBlock", (), {"label": "name"}),
                            3: ("wagtail.blocks.CharBlock", (), {"label": "value"}),
                            4: ("wagtail.blocks.StructBlock", [[("name", 2), ("value", 3)]], {}),
                            5: (
                                "wagtail.blocks.ListBlock",
                                (4,),
                                {
                                    "icon": "list-ul",
                                    "label": "facts",
                                    "template": "town/blocks/facts.html",
                                },
                            ),
                            6: (
                                "wagtail.blocks.TextBlock",
                                (),
                                {
                                    "icon": "warning",
                                    "label": "notice",
                                    "template": "town/blocks/notice.html",
                                },
                            ),
                        },
                        verbose_name="body",
                    ),
                ),
            ],
            options={
                "verbose_name": "text page",
            },
            bases=("wagtailcore.page",),
        ),
    ]
