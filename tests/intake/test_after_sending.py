"""After "Send", a phone shows no answer any more, however somebody goes back (T1, T8, R18)."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask, Response
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import BrowserContext
from playwright.sync_api import Page as Tab

from tests.browser import Browser
from tests.cast import Person
from tests.intake import people, phone
from tests.live import serving

pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
CANARY = "a heron on the frozen canal"


@contextmanager
def kept_browser(screen: Chromium, folder: Path) -> Iterator[BrowserContext]:
    """Give a browser as people have it: with a folder on disk, and pages kept for going back."""
    context = screen.browser_type.launch_persistent_context(
        folder,
        executable_path="/usr/bin/chromium-headless-shell",
        args=["--no-sandbox"],
        ignore_default_args=["--disable-back-forward-cache"],
        viewport=phone.SIZE,
    )
    context.set_default_timeout(10_000)
    try:
        yield context
    finally:
        context.close()


def fill_in_and_send(tab: Tab, address: str, link: str) -> None:
    phone.come_in(tab, address, link)
    phone.sign_all(tab, "Mara")
    tab.goto(f"{address}/form/page/reasons")
    phone.fields(tab, "brings").fill(CANARY)
    phone.go_on(tab)
    tab.goto(f"{address}/form/review")
    assert CANARY in phone.shows(tab)
    phone.go_on(tab, "Send to my therapist")
    assert tab.url == f"{address}/form/received"


def everything_shown(tab: Tab, address: str, link: str) -> Iterator[tuple[str, str]]:
    """Go back as far as it goes, forward again, reload, and open every address anew."""
    for step in range(4):
        tab.go_back()
        yield f"back {step}", phone.shows(tab)
    for step in range(4):
        tab.go_forward()
        yield f"forward {step}", phone.shows(tab)
    tab.reload()
    yield "reload", phone.shows(tab)
    for path in (
        link,
        "/form",
        "/form/review",
        "/form/page/reasons",
        "/form/received",
        "/form/release",
    ):
        tab.goto(address + path)
        yield path, phone.shows(tab)


def found_on_disk(folder: Path) -> list[str]:
    files = [file for file in folder.rglob("*") if file.is_file() and not file.is_symlink()]
    wanted = (CANARY.encode(), CANARY.encode("utf-16-le"))
    return [file.name for file in files if any(each in file.read_bytes() for each in wanted)]


def test_no_way_back_shows_an_answer_and_the_browser_s_folder_has_none(
    screen: Chromium, address: str, browser: Browser, ines: Person, tmp_path: Path
) -> None:
    link = people.invite(browser, ines)
    with kept_browser(screen, tmp_path / "profile") as context:
        tab = context.new_page()
        fill_in_and_send(tab, address, link)
        leaks = [place for place, seen in everything_shown(tab, address, link) if CANARY in seen]
    assert not leaks
    assert not found_on_disk(tmp_path / "profile")


def may_keep(response: Response) -> Response:
    """Take the protection away: the headers, and the script that hides a page it leaves."""
    response.headers["Cache-Control"] = "max-age=600"
    response.headers.pop("Clear-Site-Data", None)
    if response.mimetype == "text/html":
        response.set_data(response.get_data(as_text=True).replace("js/partner.js", "js/none.js"))
    return response


def test_the_same_look_finds_the_answer_when_browsers_may_keep_pages(
    app: Flask, screen: Chromium, browser: Browser, ines: Person, tmp_path: Path
) -> None:
    """The control: a look that cannot find anything would prove nothing."""
    link = people.invite(browser, ines)
    hooks = [may_keep, *app.after_request_funcs[None]]
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(app.after_request_funcs, None, hooks)
        with serving(app) as address, kept_browser(screen, tmp_path / "profile") as context:
            tab = context.new_page()
            fill_in_and_send(tab, address, link)
            assert any(CANARY in seen for _, seen in everything_shown(tab, address, link))
    assert found_on_disk(tmp_path / "profile")
