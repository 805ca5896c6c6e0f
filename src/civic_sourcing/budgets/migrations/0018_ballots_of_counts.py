import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("civic_budgets", "0017_voters_told"),
    ]

    operations = [
        migrations.CreateModel(
            name="CountedBallots",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("place", models.PositiveIntegerField(editable=False)),
                ("ballots", models.PositiveIntegerField(editable=False)),
                ("text", models.TextField(editable=False)),
                (
                    "count",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ballot_rows",
                        to="civic_budgets.countresult",
                    ),
                ),
            ],
            options={
                "verbose_name": "ballots of a count",
                "verbose_name_plural": "ballots of counts",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("count", "place"),
                        name="civic_counted_ballots_once",
                        violation_error_message="These ballots are written down already.",
                    )
                ],
            },
        ),
    ]
