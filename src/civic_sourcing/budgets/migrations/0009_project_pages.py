import wagtail.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("civic_budgets", "0008_booth")]

    operations = [
        migrations.AddField(
            model_name="budgetprojectpage",
            name="body",
            field=wagtail.fields.StreamField(
                [("heading", 0), ("paragraph", 1), ("picture", 2), ("notice", 3)],
                blank=True,
                block_lookup={
                    0: ("wagtail.blocks.CharBlock", (), {"icon": "title", "label": "heading"}),
                    1: (
                        "wagtail.blocks.RichTextBlock",
                        (),
                        {
                            "features": ["bold", "italic", "link", "ol", "ul"],
                            "label": "paragraph",
                        },
                    ),
                    2: ("wagtail.images.blocks.ImageBlock", [], {"label": "picture"}),
                    3: ("wagtail.blocks.TextBlock", (), {"icon": "warning", "label": "notice"}),
                },
                verbose_name="body",
            ),
        ),
        migrations.AddField(
            model_name="budgetprojectpage",
            name="facts_draft",
            field=models.JSONField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name="budgetprojectpage",
            name="opinion",
            field=wagtail.fields.RichTextField(
                blank=True,
                help_text="Whether it can be done, and what there is to consider.",
                verbose_name="opinion of the department",
            ),
        ),
        migrations.AddField(
            model_name="budgetprojectpage",
            name="opinion_by",
            field=models.CharField(
                blank=True,
                help_text="Name of the department.",
                max_length=255,
                verbose_name="whose opinion",
            ),
        ),
        migrations.AddField(
            model_name="budgetprojectpage",
            name="origins",
            field=models.JSONField(blank=True, default=list, editable=False),
        ),
        migrations.AddField(
            model_name="budgetprojectpage",
            name="pictures",
            field=wagtail.fields.StreamField(
                [("picture", 0)],
                blank=True,
                block_lookup={
                    0: ("wagtail.images.blocks.ImageBlock", [], {"label": "picture"}),
                },
                verbose_name="pictures",
            ),
        ),
        migrations.AlterField(
            model_name="budgetprojectpage",
            name="category",
            field=models.CharField(
                blank=True,
                help_text="Only where the vote has no categories of its own.",
                max_length=255,
                verbose_name="field",
            ),
        ),
    ]
