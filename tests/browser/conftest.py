"""Chromium on a phone and on a desk, and the real service it talks to.

- `phone`, `phone_without_javascript`, `phone_without_styles`, `phone_that_keeps_pages`,
  `desk`: a page of a fresh browser context each;
- `fresh_phone`: makes phones, where one test needs many;
- `live`: the running service, with its clock and a way to store what a test needs;
- `live_url`: its address.

Browser and service live as long as one file's tests; contexts as long as one test.
"""

import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from typing import Any

import pytest
import uvicorn
from answering import Codes, StandingClock, add_campaigns
from builders import NOON, QUESTIONNAIRE
from conftest import settings_in
from fastapi import FastAPI
from markupsafe import Markup
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, sync_playwright

from web.answer.prepare import Pages
from web.app import create_app

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
CHINESE = {"locale": "zh-CN", "timezone_id": "Asia/Shanghai"}
PHONE = CHINESE | {
    "viewport": {"width": 360, "height": 640},
    "device_scale_factor": 2.75,
    "is_mobile": True,
    "has_touch": True,
}
DESK = CHINESE | {"viewport": {"width": 1280, "height": 800}}
PATIENCE_MILLISECONDS = 10_000


@dataclass(frozen=True)
class Live:
    """The running service."""

    url: str
    app: FastAPI
    clock: StandingClock

    def seed(self, content: bytes = QUESTIONNAIRE) -> Codes:
        """Store a small evaluation while the service runs, and return where its links lead."""
        key = self.app.state.settings.key("links")
        with self.app.state.database.writing() as session:
            return add_campaigns(session, key, content=content)


@pytest.fixture(scope="module")
def _playwright() -> Iterator[Playwright]:
    _require_chinese_font()
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="module")
def browser(_playwright: Playwright) -> Iterator[Browser]:
    browser = _playwright.chromium.launch(executable_path=_chromium(), args=ARGUMENTS)
    yield browser
    browser.close()


@pytest.fixture(scope="module")
def _served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{listening.getsockname()[1]}"
        settings = replace(settings_in(tmp_path_factory.mktemp("live")), public_origin=url)
        clock = StandingClock()
        app = create_app(settings, clock)
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning", access_log=False))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        while not server.started:
            if not thread.is_alive():
                pytest.fail("the service did not start; its log above says why", pytrace=False)
            time.sleep(0.02)
        yield Live(url, app, clock)
        server.should_exit = True
        thread.join()


@pytest.fixture
def live(_served: Live) -> Iterator[Live]:
    yield _served
    _served.clock.now = NOON


@pytest.fixture
def live_url(live: Live) -> str:
    return live.url


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    yield from _page(browser, PHONE)


@pytest.fixture
def fresh_phone(browser: Browser) -> Callable[[], AbstractContextManager[Page]]:
    """A phone as often as one is needed, each of which remembers nothing."""

    return lambda: contextmanager(_page)(browser, PHONE)


@pytest.fixture
def phone_without_javascript(browser: Browser) -> Iterator[Page]:
    yield from _page(browser, PHONE | {"java_script_enabled": False})


@pytest.fixture
def phone_without_styles(phone_without_javascript: Page, live: Live) -> Iterator[Page]:
    """A phone that shows bare HTML: no script, no style."""
    pages = live.app.state.pages
    live.app.state.pages = bare = Pages()
    bare.frame._style = Markup("")
    yield phone_without_javascript
    live.app.state.pages = pages


@pytest.fixture
def phone_that_keeps_pages(_playwright: Playwright) -> Iterator[Page]:
    """A phone that shows a page from memory when one goes back to it."""
    browser = _playwright.chromium.launch(
        executable_path=_chromium(),
        args=ARGUMENTS,
        ignore_default_args=["--disable-back-forward-cache"],
    )
    yield from _page(browser, PHONE)
    browser.close()


@pytest.fixture
def desk(browser: Browser) -> Iterator[Page]:
    yield from _page(browser, DESK)


def _page(browser: Browser, options: dict[str, Any]) -> Iterator[Page]:
    context: BrowserContext = browser.new_context(**options)
    context.set_default_timeout(PATIENCE_MILLISECONDS)
    yield context.new_page()
    context.close()


def _chromium() -> str:
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if found := shutil.which(name):
            return found
    pytest.fail(
        "no Chromium on the PATH, and the browser tests need one.\n"
        "Remedy: `make test` installs it, or `apt-get install chromium`.",
        pytrace=False,
    )


def _require_chinese_font() -> None:
    fonts = shutil.which("fc-list")
    if fonts and subprocess.run([fonts, ":lang=zh"], capture_output=True, check=True).stdout:
        return
    pytest.fail(
        "no Chinese font, and the browser tests measure Chinese pages.\n"
        "Remedy: `make test` installs it, or `apt-get install fontconfig fonts-wqy-microhei`.",
        pytrace=False,
    )
