"""The pictures of the README and the guides, taken from the demo in a real browser.

Starts the service on a free port of the loopback address with a demo evaluation in a temporary
folder, signs in, and writes docs/images/*.png. Called by `make docs`.
"""

import os
import re
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

IMAGES = Path(__file__).parent / "images"
CHROMIUM = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PAGES = {"results": "/results", "indicators": "/indicators", "overview": ""}


@contextmanager
def running_demo(folder: str) -> Iterator[tuple[str, str]]:
    """Serve a demo evaluation; yield its origin and what `minyi demo` said."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = os.environ | {
        "MINYI_DATA_DIR": folder,
        "MINYI_SECRET_KEY": secrets.token_hex(32),
        "MINYI_PUBLIC_ORIGIN": f"http://127.0.0.1:{port}",
        "MINYI_DEMO": "1",
    }
    minyi = [sys.executable, "-m", "survey"]
    said = subprocess.run(
        [*minyi, "demo"], env=environment, check=True, capture_output=True, text=True
    )
    server = subprocess.Popen([*minyi, "serve", "--port", str(port)], env=environment)
    try:
        wait_for(port)
        yield environment["MINYI_PUBLIC_ORIGIN"], said.stdout
    finally:
        server.terminate()
        server.wait(20)


def wait_for(port: int) -> None:
    """Return when something listens on the port."""
    for _ in range(300):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise RuntimeError(f"nothing listens on port {port}")


def open_page(browser: Browser, width: int, height: int, scale: int = 1) -> Page:
    """Return a page of a size, as somebody in China sees it."""
    context = browser.new_context(
        viewport={"width": width, "height": height},
        device_scale_factor=scale,
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
    )
    return context.new_page()


def sign_in(page: Page, origin: str, said: str) -> None:
    """Sign in with the name and password of the demo."""
    password = re.search(r"密码\s+(\S+)", said)
    if password is None:
        raise RuntimeError(f"no password in: {said}")
    page.goto(f"{origin}/console/")
    page.fill("input[name=name]", "demo")
    page.fill("input[name=password]", password[1])
    page.click("button[type=submit]")
    page.get_by_role("link", name=re.compile("2026|演示")).first.click()


def take_console(browser: Browser, origin: str, said: str) -> None:
    """Take the pages of the console."""
    page = open_page(browser, 1280, 860)
    sign_in(page, origin, said)
    page.wait_for_load_state("networkidle")
    home = page.url
    for name, path in PAGES.items():
        page.goto(home + path)
        page.wait_for_load_state("networkidle")
        page.screenshot(path=IMAGES / f"{name}.png")


def take_phone(browser: Browser, origin: str, said: str) -> None:
    """Take the citizen's page at the size of a small phone."""
    code = re.search(r"/a/(\w+)", said)
    if code is None:
        raise RuntimeError(f"no code in: {said}")
    page = open_page(browser, 360, 760, scale=2)
    page.goto(f"{origin}/a/{code[1]}")
    page.screenshot(path=IMAGES / "phone.png")


def main() -> None:
    """Take every picture anew."""
    IMAGES.mkdir(exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        running_demo(folder) as (origin, said),
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=CHROMIUM
        )
        take_console(browser, origin, said)
        take_phone(browser, origin, said)
        browser.close()


if __name__ == "__main__":
    main()
