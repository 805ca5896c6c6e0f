import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("civic_attribution", "0003_credits")]

    operations = [
        migrations.CreateModel(
            name="IndexedTitle",
            fields=[
                (
                    "contribution",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="indexed_title",
                        serialize=False,
                        to="civic_attribution.contribution",
                        verbose_name="contribution",
                    ),
                ),
                ("process_id", models.BigIntegerField()),
                ("format", models.PositiveSmallIntegerField()),
                ("words", models.TextField()),
                ("keys", models.BinaryField()),
            ],
            options={
                "verbose_name": "indexed title",
                "verbose_name_plural": "indexed titles",
            },
        ),
        migrations.CreateModel(
            name="KeyCount",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "process_id",
                        "key",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("process_id", models.BigIntegerField()),
                ("key", models.IntegerField()),
                ("number", models.IntegerField()),
            ],
            options={
                "verbose_name": "frequency of a key",
                "verbose_name_plural": "frequencies of keys",
            },
        ),
        migrations.CreateModel(
            name="TitleKey",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "process_id",
                        "key",
                        "contribution_id",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("process_id", models.BigIntegerField()),
                ("key", models.IntegerField()),
                ("contribution_id", models.BigIntegerField()),
            ],
            options={
                "verbose_name": "key of a title",
                "verbose_name_plural": "keys of titles",
            },
        ),
        migrations.CreateModel(
            name="StatedDifference",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reason", models.TextField(blank=True, verbose_name="reason")),
                ("stated_at", models.DateTimeField(verbose_name="stated")),
                (
                    "contribution",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="stated_differences",
                        to="civic_attribution.contribution",
                        verbose_name="contribution",
                    ),
                ),
                (
                    "similar",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="civic_attribution.contribution",
                        verbose_name="similar contribution",
                    ),
                ),
            ],
            options={
                "verbose_name": "stated difference",
                "verbose_name_plural": "stated differences",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("contribution", "similar"), name="civic_stated_difference_once"
                    )
                ],
            },
        ),
    ]
