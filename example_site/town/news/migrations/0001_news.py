import django.db.models.deletion
import wagtail.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("civic_processes", "0001_initial"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
    ]

    operations = [
        migrations.CreateModel(
            name="NewsPage",
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
                ("rules_draft", models.JSONField(blank=True, editable=False, null=True)),
                ("lead", models.TextField(blank=True, verbose_name="lead")),
                ("body", wagtail.fields.RichTextField(blank=True, verbose_name="body")),
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
                "verbose_name": "news page",
                "verbose_name_plural": "news pages",
            },
            bases=("wagtailcore.page", models.Model),
        ),
    ]
