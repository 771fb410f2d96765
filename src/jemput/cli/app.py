"""The one program every command hangs on."""

from __future__ import annotations

from cyclopts import App, Parameter

from jemput import __version__
from jemput.cli.say import t

app = App(
    name="jemput",
    version=__version__,
    help=t(
        "Register, hitung, sisir, rencanakan, rekam: perekaman e-KTP satu kabupaten.",
        "Register, count, sweep, plan, record: the e-KTP recording of a regency.",
    ),
    version_flags=["--version"],
    default_parameter=Parameter(show_default=False),
    result_action="return_value",
    exit_on_error=False,
    print_error=False,
)
