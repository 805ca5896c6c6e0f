from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("civic_challenges", "0002_submissions")]

    operations = [
        migrations.AddField(
            model_name="challengepage",
            name="glossary",
            field=models.JSONField(
                blank=True,
                default=list,
                help_text="Terms people may not know: a list of term and meaning.",
                verbose_name="glossary",
            ),
        ),
    ]
