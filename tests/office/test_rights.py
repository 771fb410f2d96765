"""Every page and every write, for every role: who may, and who may not."""

from contextlib import closing

import pytest
from django.urls import reverse

from jemput.domain.roles import BY_ROLE, RIGHT_TITLES, Right, Role, may, needs_second_factor
from jemput.office.pages import MENU, PAGES
from tests.office.conftest import ClientAs
from tests.office.samples import all_addresses

FORBIDDEN = 403


@pytest.fixture
def demo_office(furnished_office):
    return furnished_office


@pytest.mark.parametrize("role", Role)
def test_a_page_opens_for_the_roles_that_have_its_right_and_for_no_other(role, client_as: ClientAs, demo_office):
    where = all_addresses(demo_office)
    client = client_as(role)
    for page in PAGES.values():
        allowed = page.right is None or may(role, page.right)
        with closing(client.get(where[page.name])) as answer:  # a download holds a file open
            status = answer.status_code
        assert (status != FORBIDDEN) == allowed, (role, page.name, status)
        assert status < 500, (role, page.name)


@pytest.mark.parametrize("role", Role)
def test_a_write_is_taken_from_the_roles_that_may_and_from_no_other(role, client_as: ClientAs, demo_office):
    where = all_addresses(demo_office)
    client = client_as(role)
    for page in PAGES.values():
        right = page.write or page.right
        allowed = page.posts and (right is None or may(role, right)) and (page.right is None or may(role, page.right))
        if page.name in {"recovery-codes", "own-password"}:
            continue
        with closing(client.post(where[page.name], {})) as answer:
            status = answer.status_code
        assert (status in {FORBIDDEN, 405}) == (not allowed), (role, page.name, status)
        assert status < 500, (role, page.name)


@pytest.mark.parametrize("role", [role for role in Role if needs_second_factor(role)])
def test_no_page_opens_before_the_second_factor(role, client_as: ClientAs, demo_office):
    where = all_addresses(demo_office)
    client = client_as(role, verified=False)
    for page in PAGES.values():
        for answer in (client.get(where[page.name]), client.post(where[page.name])):
            assert answer.status_code == 302, (role, page.name)
            assert answer["Location"].startswith("/masuk/kode/"), (role, page.name)


def test_only_the_inspectorate_needs_no_second_factor():
    assert [role for role in Role if not needs_second_factor(role)] == [Role.INSPECTORATE]


def test_personal_data_is_for_those_who_work_with_people():
    assert {role for role in Role if may(role, Right.PEOPLE)} == set(Role) - {Role.INSPECTORATE, Role.ADMINISTRATOR}


def test_every_role_and_right_has_a_title_in_both_languages():
    for text in (*(kind.title for kind in BY_ROLE.values()), *RIGHT_TITLES.values()):
        assert text.id
        assert text.en
    assert set(BY_ROLE) == set(Role)
    assert set(RIGHT_TITLES) == set(Right)


def test_the_menu_names_pages_in_one_order_and_none_twice():
    named = [name for group in MENU for name in group]
    assert len(set(named)) == len(named)
    assert set(named) <= set(PAGES)


def test_everybody_finds_in_the_menu_what_they_may_open_and_nothing_else(client_as: ClientAs):
    for role in Role:
        page = client_as(role).get("/").content.decode()
        for name in (name for group in MENU for name in group):
            right = PAGES[name].right
            linked = f'<a href="{reverse(name)}"' in page.split('<nav class="menu"')[1].split("</nav>")[0]
            assert linked == (right is None or may(role, right)), (role, name)
