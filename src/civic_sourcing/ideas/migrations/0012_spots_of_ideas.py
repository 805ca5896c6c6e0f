"""An index of spots, so that a map does not read the texts of ideas."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("civic_ideas", "0011_blocks_of_the_site")]

    operations = [
        migrations.AddIndex(
            model_name="ideapage",
            index=models.Index(
                condition=models.Q(("latitude__isnull", False)),
                fields=["process", "latitude", "longitude", "contribution"],
                name="civic_idea_spots",
            ),
        ),
    ]
