"""A real Chromium, the site of the real issue, and both ways to open it: a server and file://."""

import functools
import http.server
import os
import shutil
import threading
import time

import pytest
from playwright.sync_api import sync_playwright

from archives import REAL_ISSUE, import_into, new_archive
from jianbao import site_builder

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
QUIET = ("--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update")


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """The built site of the real issue, under a path with Chinese characters and a space."""
    target = new_archive(tmp_path_factory.mktemp("site") / "简报 档案")
    import_into(target, REAL_ISSUE)
    site_builder.build(target)
    return target.site


@pytest.fixture(scope="session")
def browser():
    executable = next((path for name in CHROMIUM if (path := shutil.which(name))), None)
    assert executable, "没有 Chromium；请用 make test，它会安装"
    sandbox = ("--no-sandbox",) if os.geteuid() == 0 else ()
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=executable, args=[*sandbox, *QUIET])
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def served(site):
    """The site's address on a server of this machine."""
    handler = functools.partial(QuietHandler, directory=site)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


class QuietHandler(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format, *arguments):
        pass


@pytest.fixture(params=["http", "file"])
def root(request):
    """The site's address, once on a server and once by double click."""
    if request.param == "http":
        return request.getfixturevalue("served")
    return request.getfixturevalue("site").as_uri() + "/"


@pytest.fixture
def page(browser, root):
    """A page whose every request and error is recorded; with file:// the network is off."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="zh-CN")
    context.set_offline(root.startswith("file:"))
    page = context.new_page()
    page.set_default_timeout(10_000)
    page.requested, page.errors = [], []
    page.on("request", lambda request: page.requested.append(request.url))
    page.on("pageerror", lambda error: page.errors.append(str(error)))
    page.on("console", lambda message: message.type == "error" and page.errors.append(message.text))
    yield page
    context.close()


def wait_until(page, condition, seconds=10):
    """As ``page.wait_for_function``, which evaluates in the page what a page's policy does not let it evaluate."""
    end = time.monotonic() + seconds
    while not page.evaluate(condition):
        assert time.monotonic() < end, condition
        page.wait_for_timeout(20)


def kinds(site):
    """One page for each kind in the site: what stands at its root, and of every folder the longest page."""
    root = sorted(path for path in site.glob("*.html"))
    folders = {path.parent.relative_to(site).parts[0] for path in site.glob("*/**/*.html")}
    longest = [
        max(site.glob(f"{folder}/**/*.html"), key=lambda path: path.stat().st_size) for folder in folders
    ]
    return [path.relative_to(site).as_posix() for path in (*root, *sorted(longest))]
