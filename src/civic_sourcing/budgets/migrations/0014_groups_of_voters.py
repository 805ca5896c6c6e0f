import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("civic_budgets", "0013_ballots_of_areas_and_groups"),
        ("civic_participants", "0004_phase_notices"),
    ]

    operations = [
        migrations.CreateModel(
            name="GroupSource",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sources",
                        to="civic_budgets.votergroup",
                        verbose_name="group",
                    ),
                ),
                (
                    "register",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="civic_participants.register",
                        verbose_name="register",
                    ),
                ),
                (
                    "batch",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="civic_participants.codebatch",
                        verbose_name="codes",
                    ),
                ),
            ],
            options={
                "verbose_name": "source of a group of voters",
                "verbose_name_plural": "sources of groups of voters",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("group", "register"), name="civic_group_register_once"
                    ),
                    models.UniqueConstraint(
                        fields=("group", "batch"), name="civic_group_batch_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("register", None)) ^ models.Q(("batch", None)),
                        name="civic_group_source_is_one",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="paperbatch",
            name="group",
            field=models.CharField(
                blank=True, default="", max_length=64, verbose_name="group of voters"
            ),
            preserve_default=False,
        ),
    ]
