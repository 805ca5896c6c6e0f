"""When somebody said that a milestone was reached."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("civic_answers", "0002_news")]

    operations = [
        migrations.AddField(
            model_name="milestone",
            name="noted_at",
            field=models.DateTimeField(editable=False, null=True),
        ),
    ]
