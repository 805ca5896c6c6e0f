from django.db import migrations, models


class Migration(migrations.Migration):
    """Keep the words of earlier versions with a text that was taken, for an exact reversal."""

    dependencies = [("civic_moderation", "0006_report_place")]

    operations = [
        migrations.AddField(
            model_name="preservedtext",
            name="versions",
            field=models.JSONField(default=list, editable=False),
        ),
    ]
