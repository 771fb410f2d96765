"""Short messages from villages: how one is read. Nothing is looked up and nothing is kept."""

from __future__ import annotations

from typing import Annotated

from cyclopts import App, Parameter

from jemput.cli import say
from jemput.cli.app import app
from jemput.cli.options import AsJson
from jemput.cli.say import t
from jemput.domain.messages import INTENT_TITLES, read_message

message = App(name="message", help=t("Pesan singkat dari desa.", "Short messages from villages."))
app.command(message)


@message.command(
    name="parse",
    help=t(
        "Baca satu pesan dari desa: maksud, kode, hari, tempat, jumlah orang.",
        "Read a message of a village: intent, code, day, place, people.",
    ),
)
def parse_message(
    text: Annotated[
        str, Parameter(help=t("Pesannya, seperti diketik.", "The message, as typed."), allow_leading_hyphen=True)
    ],
    /,
    *,
    as_json: AsJson = False,
) -> None:
    """Show how a message is understood; what is not certain is `unsure`."""
    reading = read_message(text)
    if as_json:
        say.emit(reading.as_json())
        return
    say.out.print(f"[bold]{INTENT_TITLES[reading.intent].say(say.language())}[/]")
    said = (
        (t("kode", "code"), reading.code),
        (t("hari", "day"), reading.day),
        (t("tempat", "place"), reading.place),
        (t("orang", "people"), reading.people),
        (t("catatan", "notes"), ", ".join(reading.notes)),
    )
    for title, value in said:
        if value:
            say.out.print(f"  {title}: {value}", markup=False)
