from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("civic_budgets", "0012_counts_before_publication")]

    operations = [
        migrations.AddField(
            model_name="ballot",
            name="area",
            field=models.CharField(blank=True, default="", editable=False, max_length=64),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="ballot",
            name="group",
            field=models.CharField(blank=True, default="", editable=False, max_length=64),
            preserve_default=False,
        ),
    ]
