"""The office in the browser: serve it, and look after its users from the machine it runs on."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

from cyclopts import App, Parameter
from django.conf import settings as django_settings

from jemput.actions.users import add_user, remove_second_factors, reset_password
from jemput.cli import say
from jemput.cli.app import app
from jemput.cli.options import AsJson, area_of, machine
from jemput.cli.say import t
from jemput.domain.problems import ProblemKind, Refused, Text
from jemput.domain.roles import BY_ROLE, Role
from jemput.jobs.clock import Clock
from jemput.office.serve import serve
from jemput.queries.office import office as the_office
from jemput.store.models import User

NO_SUCH_USER = ProblemKind(
    "no_such_user",
    Text("Tidak ada pengguna {username}.", "There is no user {username}."),
    Text("Lihat daftarnya dengan `jemput user list`.", "See them with `jemput user list`."),
)
NOBODY_YET = ProblemKind(
    "nobody_yet",
    Text("Belum ada pengguna; tak seorang pun dapat masuk.", "There are no users yet; nobody could sign in."),
    Text(
        "Buat administrator dahulu: `jemput user add NAMA --full-name … --role administrator`.",
        "Make an administrator first: `jemput user add NAME --full-name … --role administrator`.",
    ),
)
OPEN_TO_OTHERS = ProblemKind(
    "open_to_others",
    Text(
        "{host} terbuka bagi mesin lain, dan tanpa HTTPS sandi terbaca.",
        "{host} is open to other machines, and without HTTPS passwords can be read.",
    ),
    Text(
        "Pasang server HTTPS di depan dan sebut alamatnya: JEMPUT_ORIGIN=https://… jemput office.",
        "Put an HTTPS server before it and name its address: JEMPUT_ORIGIN=https://… jemput office.",
    ),
)
LOOPBACK = ("127.0.0.1", "localhost", "::1")

user = App(name="user", help=t("Pengguna kantor.", "Users of the office."))
app.command(user)


@app.command(name="office", help=t("Sajikan kantor di peramban.", "Serve the office in the browser."))
def office(
    *,
    port: Annotated[int | None, Parameter(help=t("Porta; bawaan 8017.", "Port; default 8017."))] = None,
    host: Annotated[
        str, Parameter(help=t("Alamat mesin; bawaan mesin ini saja.", "Address; default this machine only."))
    ] = "127.0.0.1",
    threads: Annotated[int, Parameter(help=t("Utas pekerja.", "Worker threads."))] = 8,
) -> int:
    """Serve until stopped, and do the jobs that are due meanwhile."""
    if host not in LOOPBACK and not django_settings.ORIGIN:
        raise Refused(OPEN_TO_OTHERS.at(host=host))
    if not User.objects.filter(is_active=True).exists():
        raise Refused(NOBODY_YET.at())
    number = port or django_settings.PORT
    address = django_settings.ORIGIN or f"http://localhost:{number}"
    say.err.print(
        t(
            "Kantor di [bold]{address}[/] — Ctrl+C untuk berhenti.",
            "The office is at [bold]{address}[/] — Ctrl+C to stop.",
            address=address,
        )
    )
    clock = Clock()
    clock.start()
    try:
        serve(host=host, port=number, threads=threads)
    finally:
        clock.stop()
    return 0


@user.command(name="add", help=t("Tambah pengguna.", "Add a user."))
def add(
    username: str,
    *,
    full_name: Annotated[str, Parameter(help=t("Nama lengkap.", "Full name."))],
    role: Annotated[Role, Parameter(help=t("Peran.", "Role."))],
    area: Annotated[
        str,
        Parameter(
            help=t("Kode wilayah yang dilihat; kosong: seluruh kantor.", "Area code seen; empty: the whole office.")
        ),
    ] = "",
    as_json: AsJson = False,
) -> int:
    """Add a user and print the first password."""
    made, password = add_user(
        username,
        full_name=full_name,
        role=role.value,
        area=area_of(area, the_office()) if area else None,
        office_area=the_office().area,
        by=machine(),
        at=datetime.now(UTC),
        language=say.language(),
    )
    _tell_password(made, password, as_json=as_json)
    return 0


@user.command(
    name="reset",
    help=t("Sandi pertama yang baru; faktor kedua dilepas.", "A new first password; second factors are taken off."),
)
def reset(username: str, *, as_json: AsJson = False) -> int:
    """Give a user a way back in."""
    found = User.objects.filter(username=username.strip().lower()).first()
    if found is None:
        raise Refused(NO_SUCH_USER.at(username=username))
    remove_second_factors(found, by=machine(), at=datetime.now(UTC))
    password = reset_password(found, by=machine(), at=datetime.now(UTC))
    _tell_password(found, password, as_json=as_json)
    return 0


@user.command(name="list", help=t("Daftar pengguna.", "List the users."))
def list_users(*, as_json: AsJson = False) -> int:
    """List who may sign in."""
    users = User.objects.order_by("username")
    if as_json:
        say.emit(
            [
                {
                    "username": one.username,
                    "full_name": one.full_name,
                    "role": one.role,
                    "area": one.area,
                    "active": one.is_active,
                }
                for one in users
            ]
        )
        return 0
    for one in users:
        title = BY_ROLE[Role(one.role)].title.say(say.language())
        ended = "" if one.is_active else t(" (ditutup)", " (ended)")
        say.out.print(f"{one.username:16} {one.full_name} · {title}{ended}")
    return 0


def _tell_password(user: User, password: str, *, as_json: bool) -> None:
    if as_json:
        say.emit({"username": user.username, "password": password})
        return
    say.out.print(
        t(
            "{username} masuk dengan sandi pertama [bold]{password}[/] dan menggantinya saat masuk.",
            "{username} signs in with the first password [bold]{password}[/] and changes it then.",
            username=user.username,
            password=password,
        )
    )
