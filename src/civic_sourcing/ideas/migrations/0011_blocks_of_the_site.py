"""Blocks are no matter of the database: migrations do not name them any more."""

from django.db import migrations

import civic_sourcing.ideas.models.body


class Migration(migrations.Migration):
    dependencies = [("civic_ideas", "0010_tags_to_choose_from")]

    operations = [
        migrations.AlterField(
            model_name="ideaforumpage",
            name="body",
            field=civic_sourcing.ideas.models.body.SiteStreamField(
                [], blank=True, verbose_name="body"
            ),
        ),
    ]
