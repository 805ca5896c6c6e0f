from django.db import migrations

from civic_sourcing.challenges.editorial.sections import legal_authorities


def add_legal_bases(apps, schema_editor):
    """Begin the list with the usual ones; stewards word, add and retire them."""
    model = apps.get_model("civic_challenges", "LegalAuthority")
    rows = model.objects.using(schema_editor.connection.alias)
    for position, (key, names) in enumerate(legal_authorities().items(), start=1):
        rows.get_or_create(key=key, defaults={"names": names, "position": position})


class Migration(migrations.Migration):
    dependencies = [("civic_challenges", "0005_opened")]

    operations = [migrations.RunPython(add_legal_bases, migrations.RunPython.noop)]
