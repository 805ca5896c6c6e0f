import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("civic_budgets", "0006_rules_of_votes"),
    ]

    operations = [
        migrations.AddField(
            model_name="rollentry",
            name="area",
            field=models.CharField(blank=True, default="", editable=False, max_length=50),
            preserve_default=False,
        ),
        migrations.CreateModel(
            name="Turnout",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("area", models.CharField(blank=True, editable=False, max_length=50)),
                ("tens", models.PositiveIntegerField(editable=False)),
                ("at", models.DateTimeField(editable=False)),
                (
                    "run",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="turnout",
                        to="civic_budgets.voterun",
                    ),
                ),
            ],
            options={
                "verbose_name": "published turnout",
                "verbose_name_plural": "published turnout",
                "constraints": [
                    models.UniqueConstraint(fields=("run", "area"), name="civic_turnout_once")
                ],
            },
        ),
    ]
