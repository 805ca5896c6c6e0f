from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("civic_challenges", "0004_two_people"),
    ]

    operations = [
        migrations.AddField(
            model_name="entry",
            name="opened",
            field=models.PositiveIntegerField(
                default=0, editable=False, verbose_name="version in the ledger"
            ),
        ),
    ]
