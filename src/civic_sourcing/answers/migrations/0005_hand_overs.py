"""When a promise went to another department."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("civic_answers", "0004_deliveries")]

    operations = [
        migrations.AddField(
            model_name="promise",
            name="handed_over",
            field=models.JSONField(
                blank=True, default=list, editable=False, verbose_name="handed over"
            ),
        ),
    ]
