from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("civic_moderation", "0003_checks")]

    operations = [
        migrations.AlterModelOptions(
            name="preservedtext",
            options={
                "default_permissions": (),
                "permissions": [("read_preserved", "Can read texts that moderators took away")],
                "verbose_name": "preserved text",
                "verbose_name_plural": "preserved texts",
            },
        ),
        migrations.AddField(
            model_name="preservedtext",
            name="keepsake",
            field=models.JSONField(default=dict, editable=False),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=~models.Q(("scope", "")) | models.Q(("salt", "")),
                name="civic_decision_has_scope",
                violation_error_message="A decision says where and how long it holds.",
            ),
        ),
    ]
