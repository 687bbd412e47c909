from django.db import migrations

from accounts.sealing import NAMES, seal, unseal


def _each_secret(apps, change):
    authenticator = apps.get_model("mfa", "Authenticator")
    for one in authenticator.objects.select_for_update():
        one.data |= {name: change(one.data[name]) for name in NAMES if name in one.data}
        one.save(update_fields=["data"])


class Migration(migrations.Migration):
    """Secrets of second factors lay open in the database until now."""

    dependencies = [
        ("accounts", "0003_shared_cache"),
        ("mfa", "0003_authenticator_type_uniq"),
    ]

    operations = [
        migrations.RunPython(
            lambda apps, editor: _each_secret(apps, seal),
            lambda apps, editor: _each_secret(apps, unseal),
        ),
    ]
