"""Going out to people: village cards and contacts, visits and whom they are for, letters; rows with a history, never facts."""

from __future__ import annotations

from django.db import models

from jemput.store.models.places import Settlement


class VillageCard(models.Model):
    """What the office knows of a village besides its code: signal, market day, the way there, consent to wall lists.

    `kalangan` is the weekday of its weekly market, 0 for Monday; `travel_min` minutes from the office one way.
    """

    village = models.BigIntegerField(primary_key=True)
    signal = models.TextField(default="")
    kalangan = models.SmallIntegerField(null=True)
    road = models.TextField(default="")
    wet_season = models.TextField(default="")
    travel_min = models.IntegerField(null=True)
    wall_consent_on = models.DateField(null=True)
    wall_consent_by = models.TextField(default="")
    wall_consent_source = models.TextField(default="")

    class Meta:
        db_table = "village_card"

    def __str__(self) -> str:
        return str(self.village)


class Contact(models.Model):
    """One of the aparat of a village or kecamatan; never deleted, but ended.

    `phone` as E.164 (+62…); `channel` is the way they prefer to be asked.
    """

    area = models.BigIntegerField(db_index=True)
    name = models.TextField()
    role = models.TextField()
    phone = models.TextField(default="")
    email = models.TextField(default="")
    channel = models.TextField(default="")
    dusun = models.TextField(default="")
    note = models.TextField(default="")
    ended_on = models.DateField(null=True)

    class Meta:
        db_table = "contact"

    def __str__(self) -> str:
        return f"contact {self.pk}"


class Visit(models.Model):
    """A day at a place: a village, a rompok, a market, a school; from the wish to the minutes.

    `village` hosts; `starts`, `ends` are wall-clock times as text (08.00), `sets` recording sets brought; `expected` is
    people who are likely to come where the office says so itself, `came` and `recorded` what it was.
    """

    place_kind = models.TextField()
    village = models.BigIntegerField(db_index=True)
    settlement = models.ForeignKey(Settlement, null=True, on_delete=models.PROTECT)
    place = models.TextField(default="")
    on = models.DateField(null=True, db_index=True)
    starts = models.TextField(default="")
    ends = models.TextField(default="")
    team = models.TextField(default="")
    sets = models.SmallIntegerField(default=1)
    expected = models.IntegerField(null=True)
    state = models.TextField(default="draft", db_index=True)
    reason = models.TextField(default="")
    requested_by = models.TextField(default="")
    request_note = models.TextField(default="")
    request_key = models.TextField(null=True, unique=True)  # noqa: DJ001 - unique, and many have none
    came = models.IntegerField(null=True)
    recorded = models.IntegerField(null=True)
    minutes = models.TextField(default="")
    closed_at = models.DateTimeField(null=True)
    closed_by = models.TextField(default="")
    made_at = models.DateTimeField()
    made_by = models.TextField()

    class Meta:
        db_table = "visit"

    def __str__(self) -> str:
        return f"visit {self.pk}"


class VisitVillage(models.Model):
    """A neighbouring village invited to a visit."""

    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="neighbours")
    village = models.BigIntegerField()

    class Meta:
        db_table = "visit_village"
        constraints = [models.UniqueConstraint(fields=["visit", "village"], name="neighbour_once_a_visit")]

    def __str__(self) -> str:
        return f"{self.visit_id} {self.village}"


class VisitPerson(models.Model):
    """Somebody a visit is for: their time slot, and what became of them on the day."""

    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="people")
    person = models.BigIntegerField(db_index=True)
    slot = models.TextField(default="")
    outcome = models.TextField(default="")
    note = models.TextField(default="")
    outcome_at = models.DateTimeField(null=True)
    outcome_by = models.TextField(default="")

    class Meta:
        db_table = "visit_person"
        constraints = [models.UniqueConstraint(fields=["visit", "person"], name="person_once_a_visit")]

    def __str__(self) -> str:
        return f"{self.visit_id} {self.person}"


class Letter(models.Model):
    """A letter of a visit as it was made: numbered, its PDF and its editable copy under their sha256.

    `digest` is that of what it says, so that the same is not made twice; `replaces` the letter it takes the place of.
    """

    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="letters")
    kind = models.TextField()
    number = models.TextField(default="")
    serial = models.IntegerField(null=True)
    year = models.IntegerField()
    pdf = models.TextField()
    docx = models.TextField(default="")
    digest = models.TextField(default="")
    replaces = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="replaced_by")
    made_at = models.DateTimeField()
    made_by = models.TextField()

    class Meta:
        db_table = "letter"
        constraints = [models.UniqueConstraint(fields=["year", "serial"], name="letter_serial_once_a_year")]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"


class PaperChange(models.Model):
    """Who changed what of a working paper (`paper` is its table, `number` its row), and when."""

    paper = models.TextField()
    number = models.BigIntegerField()
    field = models.TextField()
    old = models.TextField()
    new = models.TextField()
    changed_at = models.DateTimeField()
    changed_by = models.TextField()

    class Meta:
        db_table = "paper_change"
        indexes = [models.Index(fields=["paper", "number"], name="paper_change_of")]

    def __str__(self) -> str:
        return f"{self.paper} {self.number} {self.field}"
