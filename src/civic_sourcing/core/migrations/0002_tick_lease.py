from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("civic_core", "0001_audit_log_and_idempotency_keys")]

    operations = [
        migrations.CreateModel(
            name="TickLease",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("holder", models.UUIDField(verbose_name="run")),
                ("until", models.DateTimeField(verbose_name="until")),
            ],
            options={
                "verbose_name": "lease of a tick",
                "verbose_name_plural": "leases of ticks",
            },
        ),
    ]
