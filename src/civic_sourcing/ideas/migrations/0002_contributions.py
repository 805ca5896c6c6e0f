"""Room for what the ledger knows of ideas and their support; still empty."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("civic_attribution", "0001_ledger"),
        ("civic_ideas", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="ideapage",
            name="contribution",
            field=models.OneToOneField(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="%(class)s",
                to="civic_attribution.contribution",
                verbose_name="contribution",
            ),
        ),
        migrations.AlterField(
            model_name="ideapage",
            name="author",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="%(class)ss",
                to="civic_participants.participant",
                verbose_name="author",
            ),
        ),
        migrations.AddField(
            model_name="support",
            name="contribution",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="supports",
                to="civic_attribution.contribution",
                verbose_name="idea",
            ),
        ),
        migrations.AlterField(
            model_name="support",
            name="idea",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="supports",
                to="civic_ideas.ideapage",
                verbose_name="idea",
            ),
        ),
    ]
