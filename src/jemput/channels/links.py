"""Links that open WhatsApp or the SMS of a telephone with the text filled in; a person looks at it and sends it."""

from __future__ import annotations

from urllib.parse import quote


def whatsapp(phone: str, text: str) -> str:
    """Return the link that opens a chat with a number (E.164), the text filled in (WhatsApp's click to chat)."""
    return f"https://wa.me/{phone.lstrip('+')}?text={quote(text, safe='')}"


def sms(phone: str, text: str) -> str:
    """Return the link that opens an SMS to a number (E.164), the text filled in (RFC 5724; `?body=` as phones read it)."""
    return f"sms:{phone}?body={quote(text, safe='')}"


def telephone(phone: str) -> str:
    """Return the link that dials a number (E.164, RFC 3966)."""
    return f"tel:{phone}"


def mail(address: str, subject: str, text: str) -> str:
    """Return the link that opens a mail, subject and text filled in (RFC 6068)."""
    return f"mailto:{quote(address, safe='@')}?subject={quote(subject, safe='')}&body={quote(text, safe='')}"
