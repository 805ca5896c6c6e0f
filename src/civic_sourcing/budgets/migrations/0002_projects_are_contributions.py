"""A project may have its row in the ledger."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("civic_attribution", "0001_ledger"),
        ("civic_budgets", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="project",
            name="contribution",
            field=models.OneToOneField(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="project",
                to="civic_attribution.contribution",
                verbose_name="contribution",
            ),
        ),
    ]
