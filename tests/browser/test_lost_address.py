"""404.html at the root of a published folder, on a server that knows nothing of editions."""

import functools
import http.server
import threading
from pathlib import Path

import pytest

from jianbao.editions import published, publishing
from published_folders import edition, site

# An edition has a folder data/, too: the first name that the page knows is not the right one.
BASE = "/data/jianbao/"


class Handler(http.server.SimpleHTTPRequestHandler):
    """Any address that is not there shows the page, as `ErrorDocument 404` or an S3 store does."""

    def send_error(self, code, *_):
        text = Path(self.directory, BASE.strip("/"), "404.html").read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(text)

    def log_message(self, format, *arguments):
        pass


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    root = tmp_path_factory.mktemp("server")
    (root / BASE.strip("/")).parent.mkdir()
    target = published.make(root / BASE.strip("/"))
    with target.alone():
        publishing.add(target, edition("2017.20"), site())
    handler = functools.partial(Handler, directory=root)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as httpd:
        threading.Thread(target=httpd.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{httpd.server_port}"
        httpd.shutdown()


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("issues/2010/000.html?a=1#a01", "latest/issues/2010/000.html?a=1#a01"),
        ("2016.3/issues/2010/000.html#a02", "latest/issues/2010/000.html#a02"),
        ("2016.3.12/", "latest/index.html"),
    ],
)
def test_an_address_without_edition_or_of_a_retired_one_leads_to_the_newest(browser, server, address, shown):
    page = browser.new_page()
    page.goto(server + BASE + address)
    page.wait_for_url(server + BASE + shown)
    page.close()


def test_a_page_that_is_nowhere_offers_the_newest_edition(browser, server):
    page = browser.new_page()
    page.goto(f"{server}{BASE}2016.3/issues/none.html")
    page.get_by_role("link", name="进入最新版").click()
    page.wait_for_url(f"{server}{BASE}latest/index.html")
    page.close()


def test_an_address_that_is_not_the_archives_stays(browser, server):
    page = browser.new_page()
    page.goto(f"{server}/elsewhere/page.html")
    assert page.get_by_role("heading").inner_text() == "没有这个页面"
    assert page.get_by_role("link").count() == 0
    page.close()
