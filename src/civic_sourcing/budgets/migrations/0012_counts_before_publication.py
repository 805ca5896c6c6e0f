from django.db import migrations


def publish(apps, schema_editor):
    """Counts made before there was a publication were seen by everybody, so they stay published."""
    using = schema_editor.connection.alias
    counts = apps.get_model("civic_budgets", "CountResult").objects.using(using)
    publications = apps.get_model("civic_budgets", "CountPublication").objects.using(using)
    publications.bulk_create(
        publications.model(
            count=count, published_at=count.created_at, objections_until=count.created_at
        )
        for count in counts.all()
    )


class Migration(migrations.Migration):
    dependencies = [("civic_budgets", "0011_counts_as_acts")]

    operations = [migrations.RunPython(publish, migrations.RunPython.noop)]
