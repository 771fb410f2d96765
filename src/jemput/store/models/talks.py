"""Talking with villages: conversations by a short code, messages whatever their channel, links, and words about people."""

from __future__ import annotations

from django.db import models

from jemput.store.models.outreach import Contact, Visit
from jemput.store.models.papers import Proposal
from jemput.store.models.places import Settlement


class Conversation(models.Model):
    """What is talked over with a village under one short code: mostly a visit and its day.

    `day` is the other day or weekday the village named, as text; `remind_at` when the office is due to ask again.
    """

    code = models.TextField(unique=True)
    village = models.BigIntegerField(db_index=True)
    visit = models.ForeignKey(Visit, null=True, on_delete=models.PROTECT, related_name="conversations")
    contact = models.ForeignKey(Contact, null=True, on_delete=models.PROTECT)
    subject = models.TextField(default="")
    state = models.TextField(default="new", db_index=True)
    day = models.TextField(default="")
    note = models.TextField(default="")
    asked_at = models.DateTimeField(null=True)
    remind_at = models.DateTimeField(null=True, db_index=True)
    reminders = models.IntegerField(default=0)
    answered_at = models.DateTimeField(null=True)
    unread = models.BooleanField(default=False)
    closed_at = models.DateTimeField(null=True)
    made_at = models.DateTimeField()
    made_by = models.TextField()

    class Meta:
        db_table = "conversation"

    def __str__(self) -> str:
        return self.code


class Message(models.Model):
    """One message in or out, a call or a note; `key` keeps what comes in twice from counting twice.

    Out: draft, queued, sending, sent, failed, unsure (a process died while sending). In: received, settled.
    `reading` is how the text was understood; a message whose conversation is unknown waits for an officer.
    """

    conversation = models.ForeignKey(Conversation, null=True, on_delete=models.PROTECT, related_name="messages")
    direction = models.TextField()
    channel = models.TextField()
    address = models.TextField(default="")
    body = models.TextField()
    reading = models.JSONField(null=True)
    state = models.TextField(db_index=True)
    tries = models.IntegerField(default=0)
    error = models.JSONField(null=True)
    key = models.TextField(null=True, unique=True)  # noqa: DJ001 - unique, and many have none
    at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    by = models.TextField(default="")

    class Meta:
        db_table = "message"

    def __str__(self) -> str:
        return f"message {self.pk} {self.direction} {self.state}"


class VillageLink(models.Model):
    """A link a village opens without an account: bound to the village and the visit, ending on a day.

    Only the hash of its token is kept; `pin_hash` opens names, and the PIN itself is shown once.
    """

    number = models.TextField(unique=True)
    token_hash = models.TextField(unique=True)
    village = models.BigIntegerField(db_index=True)
    visit = models.ForeignKey(Visit, null=True, on_delete=models.PROTECT)
    conversation = models.ForeignKey(Conversation, null=True, on_delete=models.PROTECT)
    secret = models.JSONField(default=dict)
    pin_set_at = models.DateTimeField(null=True)
    expires_on = models.DateField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.TextField(default="")
    made_at = models.DateTimeField()
    made_by = models.TextField()

    class Meta:
        db_table = "village_link"

    def __str__(self) -> str:
        return f"link {self.number}"


class Exchange(models.Model):
    """One batch that went to the public pages or came from them: its number, what it held, and how it ended."""

    direction = models.TextField()
    batch = models.TextField()
    digest = models.TextField()
    held = models.JSONField()
    at = models.DateTimeField()

    class Meta:
        db_table = "exchange"
        constraints = [models.UniqueConstraint(fields=["direction", "batch"], name="batch_once_a_direction")]

    def __str__(self) -> str:
        return f"{self.direction} {self.batch}"


class PersonWord(models.Model):
    """What somebody said of a person on a list: will come, in a rompok, moved, died. A word, not a fact.

    `proposal` is the fact it proposes where it proposes one; `key` is made where the word was said.
    """

    person = models.BigIntegerField(db_index=True)
    village = models.BigIntegerField(db_index=True)
    word = models.TextField()
    note = models.TextField(default="")
    on = models.DateField(null=True)
    visit = models.ForeignKey(Visit, null=True, on_delete=models.PROTECT)
    settlement = models.ForeignKey(Settlement, null=True, on_delete=models.PROTECT)
    conversation = models.ForeignKey(Conversation, null=True, on_delete=models.PROTECT)
    proposal = models.ForeignKey(Proposal, null=True, on_delete=models.PROTECT)
    channel = models.TextField()
    said_by = models.TextField()
    said_at = models.DateTimeField()
    entered_by = models.TextField(default="")
    key = models.TextField(unique=True)

    class Meta:
        db_table = "person_word"

    def __str__(self) -> str:
        return f"{self.word} {self.person}"


class VillageForm(models.Model):
    """A paper form as it was printed: whose names under which numbers, and the conversation its code belongs to."""

    conversation = models.OneToOneField(Conversation, on_delete=models.PROTECT, related_name="form")
    village = models.BigIntegerField(db_index=True)
    people = models.JSONField()
    typed_at = models.DateTimeField(null=True)
    typed_by = models.TextField(default="")
    made_at = models.DateTimeField()
    made_by = models.TextField()

    class Meta:
        db_table = "village_form"

    def __str__(self) -> str:
        return f"form {self.pk}"
