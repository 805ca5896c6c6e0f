"""Words that fit a forum of petitions as well: nothing changes in the database."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("civic_ideas", "0008_ideas_of_before")]

    operations = [
        migrations.AlterField(
            model_name="ideaforumpage",
            name="form_help",
            field=models.TextField(
                blank=True,
                help_text="What makes a good contribution here.",
                verbose_name="help above the form",
            ),
        ),
        migrations.AlterField(
            model_name="ideawithdrawal",
            name="reason",
            field=models.CharField(
                choices=[
                    ("solved", "The matter is settled"),
                    ("double", "Another one says the same"),
                    ("mistaken", "It rests on a mistake"),
                    ("changed-mind", "I see it differently now"),
                    ("other", "Another reason"),
                ],
                max_length=16,
                verbose_name="reason",
            ),
        ),
    ]
