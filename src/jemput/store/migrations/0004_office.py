"""Users of the office and the audit trail, which is append-only by trigger as the ledger is."""

from __future__ import annotations

from typing import Any

from django.db import migrations, models

from jemput.domain.roles import Role


def guard(apps: Any, schema_editor: Any) -> None:  # noqa: ANN401, ARG001 - Django's own signature
    """Refuse every change and deletion of a line of the audit trail."""
    if schema_editor.connection.vendor == "sqlite":
        for verb in ("UPDATE", "DELETE"):
            schema_editor.execute(
                f"CREATE TRIGGER audit_line_no_{verb.lower()} BEFORE {verb} ON audit_line BEGIN"
                f" SELECT RAISE(ABORT, 'append-only: {verb} of audit_line is refused'); END",
                params=None,
            )
    else:
        schema_editor.execute(
            "CREATE TRIGGER audit_line_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_line"
            " FOR EACH STATEMENT EXECUTE FUNCTION append_only()",
            params=None,
        )


class Migration(migrations.Migration):
    """The tables of other packages that point at a user come after the user."""

    dependencies = [("store", "0003_area_points")]
    run_before = [
        ("otp_totp", "0001_initial"),
        ("otp_static", "0001_initial"),
        ("django_otp_webauthn", "0001_squashed_0003_webauthncredential_hash_binary_to_hex"),
    ]

    operations = [
        migrations.CreateModel(
            name="User",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                ("username", models.TextField(unique=True)),
                ("full_name", models.TextField()),
                ("role", models.TextField(choices=[(role.value, role.value) for role in Role])),
                ("area", models.BigIntegerField(null=True)),
                ("language", models.TextField(default="id")),
                ("is_active", models.BooleanField(default=True)),
                ("must_change_password", models.BooleanField(default=False)),
                ("made_at", models.DateTimeField()),
            ],
            options={"db_table": "office_user"},
        ),
        migrations.CreateModel(
            name="AuditLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(db_index=True)),
                ("actor", models.TextField(db_index=True)),
                ("role", models.TextField()),
                ("address", models.TextField(default="")),
                ("verb", models.TextField(db_index=True)),
                ("subject", models.TextField(default="")),
                ("reason", models.TextField(default="")),
                ("area", models.BigIntegerField(null=True)),
            ],
            options={"db_table": "audit_line"},
        ),
        migrations.RunPython(guard, migrations.RunPython.noop),
    ]
