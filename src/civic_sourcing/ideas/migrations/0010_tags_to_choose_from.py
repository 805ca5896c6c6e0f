from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("civic_ideas", "0009_words_for_any_forum")]

    operations = [
        migrations.AddField(
            model_name="formsetup",
            name="tag_words",
            field=models.JSONField(blank=True, default=list, verbose_name="tags to choose from"),
        ),
    ]
