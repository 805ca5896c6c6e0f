import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("civic_budgets", "0014_groups_of_voters"),
        ("civic_processes", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="ImportedFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("meta", models.JSONField(default=list, editable=False)),
                ("columns", models.JSONField(default=list, editable=False)),
                ("projects", models.JSONField(default=list, editable=False)),
                (
                    "process",
                    models.OneToOneField(
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="imported_file",
                        to="civic_processes.process",
                    ),
                ),
            ],
            options={
                "verbose_name": "imported file",
                "verbose_name_plural": "imported files",
            },
        ),
    ]
