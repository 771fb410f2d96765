"""Who signs in, and what they did: users with one role and one area, and the audit trail."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from jemput.domain.roles import Role


class UserManager(BaseUserManager["User"]):
    """Find a user by the name typed, whatever its case."""

    def get_by_natural_key(self, username: str | None) -> User:
        """Return the user of a name; refuse by DoesNotExist."""
        return self.get(username=(username or "").strip().lower())


class User(AbstractBaseUser):
    """One person who signs in; `area` limits what they see, none is the whole office."""

    username = models.TextField(unique=True)
    full_name = models.TextField()
    role = models.TextField(choices=[(role.value, role.value) for role in Role])
    area = models.BigIntegerField(null=True)
    language = models.TextField(default="id")
    is_active = models.BooleanField(default=True)
    must_change_password = models.BooleanField(default=False)
    made_at = models.DateTimeField()

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["full_name", "role"]

    class Meta:
        db_table = "office_user"

    def __str__(self) -> str:
        return self.username


class AuditLine(models.Model):
    """One line of the audit trail; the database refuses to change or delete it."""

    at = models.DateTimeField(db_index=True)
    actor = models.TextField(db_index=True)
    role = models.TextField()
    address = models.TextField(default="")
    verb = models.TextField(db_index=True)
    subject = models.TextField(default="")
    reason = models.TextField(default="")
    area = models.BigIntegerField(null=True)

    class Meta:
        db_table = "audit_line"

    def __str__(self) -> str:
        return f"{self.at} {self.actor} {self.verb}"
