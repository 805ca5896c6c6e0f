from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("civic_challenges", "0006_legal_bases")]

    operations = [
        migrations.AddField(
            model_name="reviewmessage",
            name="digests",
            field=models.JSONField(blank=True, default=dict, editable=False),
        ),
    ]
