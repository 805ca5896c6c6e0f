import wagtail.fields
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("civic_challenges", "0009_crowd_votes")]

    operations = [
        migrations.AddField(
            model_name="challengepage",
            name="attachments",
            field=wagtail.fields.StreamField(
                [("document", 0)],
                blank=True,
                block_lookup={
                    0: (
                        "wagtail.documents.blocks.DocumentChooserBlock",
                        (),
                        {"label": "document"},
                    )
                },
                help_text="Documents everybody who enters can download, with their size and kind.",
                verbose_name="attachments",
            ),
        ),
    ]
