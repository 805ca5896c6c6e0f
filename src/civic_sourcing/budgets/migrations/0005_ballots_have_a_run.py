"""Every ballot belongs to a run."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("civic_budgets", "0004_runs_of_imported_votes")]

    operations = [
        migrations.AlterField(
            model_name="ballot",
            name="run",
            field=models.ForeignKey(
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="ballots",
                to="civic_budgets.voterun",
            ),
        ),
    ]
