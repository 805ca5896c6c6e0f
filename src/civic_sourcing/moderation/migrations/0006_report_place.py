import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Where a report was made: reports about a person are read by moderators of that place."""

    dependencies = [
        ("civic_processes", "0001_initial"),
        ("civic_moderation", "0005_showing"),
    ]

    operations = [
        migrations.AddField(
            model_name="report",
            name="process",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="civic_processes.process",
                verbose_name="process",
            ),
        ),
    ]
