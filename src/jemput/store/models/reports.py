"""Reports as they were made and numbered, what they are tied to, and the signed copies that came back."""

from __future__ import annotations

from django.db import models


class Report(models.Model):
    """One document made: kind, what it tells of, the count it is tied to, its number, its bytes by sha256.

    `serial` counts the numbered reports of a year without a gap; a press card has none. `closed_on` is
    the closed count it is tied to, None where the figures are live; `place` and `head` are the ledger's.
    `form` holds what the office filled in by hand, `key` is made by whoever asks, so that it is made once.
    """

    key = models.TextField(null=True, unique=True)  # noqa: DJ001 - unique where there is one
    kind = models.TextField()
    area = models.BigIntegerField(null=True)
    on = models.DateField()
    closed_on = models.DateField(null=True)
    digest = models.TextField(default="")
    place = models.BigIntegerField()
    head = models.TextField()
    rule_version = models.IntegerField()
    year = models.IntegerField()
    serial = models.IntegerField(null=True)
    number = models.TextField(default="")
    form = models.JSONField(default=dict)
    sha256 = models.TextField(db_index=True)
    size = models.BigIntegerField()
    made_at = models.DateTimeField()
    made_by = models.TextField(default="")

    class Meta:
        db_table = "report"
        constraints = [models.UniqueConstraint(fields=["year", "serial"], name="report_number_once_a_year")]

    def __str__(self) -> str:
        return f"{self.kind} {self.on} {self.number}"


class ReportFile(models.Model):
    """One more file of a report beside its PDF (the workbook, a picture), by what it is and its sha256."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="files")
    suffix = models.TextField()
    sha256 = models.TextField()
    size = models.BigIntegerField()

    class Meta:
        db_table = "report_file"
        constraints = [models.UniqueConstraint(fields=["report", "suffix"], name="report_file_once_a_kind")]

    def __str__(self) -> str:
        return f"{self.report_id} {self.suffix}"


class SignedCopy(models.Model):
    """A signed file that came back, kept byte for byte; `findings` are codes of what was seen in it."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="signed")
    sha256 = models.TextField()
    size = models.BigIntegerField()
    name = models.TextField(default="")
    findings = models.JSONField(default=list)
    received_at = models.DateTimeField()
    received_by = models.TextField(default="")

    class Meta:
        db_table = "signed_copy"
        constraints = [models.UniqueConstraint(fields=["report", "sha256"], name="signed_copy_once")]

    def __str__(self) -> str:
        return f"{self.report_id} {self.sha256[:8]}"
