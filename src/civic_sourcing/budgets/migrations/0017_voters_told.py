from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("civic_budgets", "0016_winners_of_categories")]

    operations = [
        migrations.AddField(
            model_name="ballot",
            name="voter",
            field=models.CharField(blank=True, default="", editable=False, max_length=64),
            preserve_default=False,
        ),
    ]
