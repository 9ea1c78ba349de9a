"""The review's server answers its own page only, and writes nothing but what it was asked to by it."""

import http.client
import json
import threading
from contextlib import closing, contextmanager

import pytest

from archives import REAL_ISSUE, ROOT, files, import_into
from jianbao.archive import Archive
from jianbao.errors import ArchiveError
from jianbao.review import view
from jianbao.review.server import LARGEST_BODY, ReviewServer
from river_bulletin import HOSTILE

TAGS = {"a08": {"主题": ["交流合作", "文化旅游"]}}


def new_archive_with_the_real_issue(folder):
    """A small archive: no template is needed here."""
    target = Archive(folder)
    target.docs.mkdir(parents=True)
    for path in (ROOT / "mkdocs.yml", ROOT / "docs" / "vocabulary.yml"):
        (folder / path.relative_to(ROOT)).write_bytes(path.read_bytes())
    import_into(target, REAL_ISSUE)
    return target


@contextmanager
def serving(archive):
    with ReviewServer(archive, archive.docs / "issues/2017/020.md") as made:
        thread = threading.Thread(target=made.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield made
        made.shutdown()
        thread.join()


@pytest.fixture
def archive(tmp_path):
    return new_archive_with_the_real_issue(tmp_path / "档案")


@pytest.fixture
def page(archive):
    return archive.docs / "issues/2017/020.md"


@pytest.fixture
def server(archive):
    with serving(archive) as made:
        yield made


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """A server whose archive no test may change: for all that must be refused."""
    with serving(new_archive_with_the_real_issue(tmp_path_factory.mktemp("whole"))) as made:
        yield made


@pytest.fixture
def refusing(whole):
    """The same; after the test, every file is as it was."""
    before = files(whole.archive.root)
    yield whole
    assert files(whole.archive.root) == before


def ask(server, method, path, body=None, **changes):
    """The answer to a request as the page sends it; ``changes`` are other headers, None for one left out."""
    headers = {
        "Host": f"127.0.0.1:{server.server_port}",
        "Cookie": f"{server.cookie}={server.token}",
    }
    if method == "POST":
        headers |= {
            "Origin": f"http://127.0.0.1:{server.server_port}",
            "Content-Type": "application/json",
            "X-Jianbao-Token": server.token,
        }
    headers |= {name.replace("_", "-"): value for name, value in changes.items()}
    with closing(http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=10)) as connection:
        connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
        data = None if body is None else body if isinstance(body, bytes) else json.dumps(body).encode()
        if data is not None and "Content-Length" not in headers:
            headers["Content-Length"] = str(len(data))
        for name, value in headers.items():
            if value is not None:
                connection.putheader(name, value)
        connection.endheaders(data)
        answer = connection.getresponse()
        return answer.status, answer.read(), dict(answer.getheaders())


def save(server, changes=TAGS, digest=None, **headers):
    return ask(
        server, "POST", "/tags", {"digest": digest or server.desk().digest, "changes": changes}, **headers
    )


# What it answers


def test_the_address_lets_in_once_and_the_cookie_from_then_on(server):
    status, _, headers = ask(server, "GET", f"/?token={server.token}", Cookie=None)
    assert status == 303
    assert headers["Location"] == "/"
    cookie = headers["Set-Cookie"]
    assert "HttpOnly" in cookie and "SameSite=Strict" in cookie
    status, body, headers = ask(server, "GET", "/", Cookie=cookie.split(";")[0])
    assert status == 200
    assert "海门20万册援疆" in body.decode()
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "unsafe" not in policy
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Cache-Control"] == "no-store"


def test_the_original_is_handed_over_to_be_saved_never_shown(server):
    status, body, headers = ask(server, "GET", "/original")
    assert status == 200
    assert body == REAL_ISSUE.read_bytes()
    assert headers["Content-Type"] == "application/octet-stream"
    assert headers["Content-Disposition"] == "attachment; filename*=UTF-8''2017-20.txt"


def test_tags_are_saved_and_nothing_else_changes(server, page):
    before = page.read_text("utf-8")
    status, body, _ = save(server)
    assert status == 200
    after = page.read_text("utf-8")
    changed = [pair for pair in zip(before.split("\n"), after.split("\n"), strict=True) if pair[0] != pair[1]]
    assert changed == [("    主题: [交流合作]", "    主题: [交流合作, 文化旅游]")]
    assert json.loads(body)["digest"] == server.desk().digest


def test_a_page_with_windows_line_ends_keeps_them(server, page):
    page.write_bytes(page.read_bytes().replace(b"\n", b"\r\n"))
    assert save(server)[0] == 200
    data = page.read_bytes()
    assert data.count(b"\n") == data.count(b"\r\n")
    assert "主题: [交流合作, 文化旅游]\r\n".encode() in data


def test_a_page_that_was_changed_meanwhile_is_not_written(server, page):
    digest = server.desk().digest
    edited = page.read_text("utf-8").replace("零距离交流", "零距离的交流")
    page.write_text(edited, "utf-8")
    status, body, _ = save(server, digest=digest)
    assert status == 409
    assert "docs/issues/2017/020.md 在打开之后又改过，没有保存" in json.loads(body)["error"]
    assert page.read_text("utf-8") == edited


def test_a_tick_is_kept_in_the_sheet(server, archive):
    assert ask(server, "POST", "/tick", {"key": "tags-a03", "done": True})[0] == 200
    kept = json.loads((archive.root / ".jianbao/reviews/2017/020.json").read_text("utf-8"))
    assert kept["done"] == ["tags-a03"]
    status, body, _ = ask(server, "POST", "/tick", {"key": "tags-a03", "done": False})
    assert (status, json.loads(body)["open"]) == (200, 11)


def test_it_can_be_ended_from_the_page(archive, page):
    with ReviewServer(archive, page) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        assert ask(server, "POST", "/stop", {})[0] == 200
        thread.join(5)
        assert not thread.is_alive()


# What it refuses


@pytest.mark.parametrize(
    ("status", "headers"),
    [
        (403, {"Cookie": None}),
        (403, {"Cookie": "jianbao-1=wrong"}),
        (403, {"Cookie": "{cookie}=wrong"}),
        (403, {"Cookie": "{cookie}=\udcff"}),
        (403, {"Host": "bulletin.example.com"}),
        (403, {"Host": "bulletin.example.com:{port}"}),
        (403, {"Host": "127.0.0.1"}),
        (403, {"Host": None}),
    ],
)
@pytest.mark.parametrize("path", ["/", "/original", "/review.js", "/picture/0"])
def test_reading_needs_the_cookie_and_our_own_name(refusing, path, status, headers):
    filled = {
        name: value
        and value.format(cookie=refusing.cookie, port=refusing.server_port).encode("utf-8", "surrogateescape")
        for name, value in headers.items()
    }
    answer = ask(refusing, "GET", path, **filled)
    assert answer[0] == status
    assert "海门" not in answer[1].decode()
    assert "Set-Cookie" not in answer[2]


@pytest.mark.parametrize(
    ("status", "headers"),
    [
        (403, {"Cookie": None}),
        (403, {"X_Jianbao_Token": None}),
        (403, {"X_Jianbao_Token": "wrong"}),
        (403, {"Origin": None}),
        (403, {"Origin": "null"}),
        (403, {"Origin": "http://127.0.0.1:1"}),
        (403, {"Origin": "https://bulletin.example.com"}),
        (403, {"Sec_Fetch_Site": "cross-site"}),
        (403, {"Sec_Fetch_Site": "same-site"}),
        (403, {"Host": "bulletin.example.com"}),
        (415, {"Content_Type": "text/plain"}),
        (415, {"Content_Type": "application/x-www-form-urlencoded"}),
        (411, {"Content-Length": None}),
        (411, {"Content-Length": "-1"}),
        (411, {"Transfer-Encoding": "chunked"}),
    ],
)
@pytest.mark.parametrize("path", ["/tags", "/tick", "/stop"])
def test_changing_needs_the_page_itself(refusing, path, status, headers):
    body = {"digest": refusing.desk().digest, "changes": TAGS, "key": "tags-a01", "done": True}
    assert ask(refusing, "POST", path, body, **headers)[0] == status


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (400, b"{"),
        (400, b"[]"),
        (400, b"[" * 60_000),
        (400, b"\xff"),
        (400, {"digest": "x"}),
        (400, {"digest": 1, "changes": TAGS}),
        (400, {"changes": TAGS}),
        (400, {"digest": "{digest}", "changes": ["a08"]}),
        (400, {"digest": "{digest}", "changes": {"a08": ["交流合作"]}}),
        (400, {"digest": "{digest}", "changes": {"a08": {"主题": [1]}}}),
        (409, {"digest": "0" * 64, "changes": TAGS}),
        (413, b" " * (LARGEST_BODY + 1)),
        (422, {"digest": "{digest}", "changes": {"a08": {"主题": ["不在词表里"]}}}),
        (422, {"digest": "{digest}", "changes": {"a08": {"主题": ["南京工作组"]}}}),
        (422, {"digest": "{digest}", "changes": {"a08": {"主题": ["教育", "教育"]}}}),
        (422, {"digest": "{digest}", "changes": {"a08": {"主题": ["教育]\n///\n"]}}}),
        (422, {"digest": "{digest}", "changes": {"a08": {"副题": ["教育"]}}}),
        (422, {"digest": "{digest}", "changes": {"a99": {"主题": ["教育"]}}}),
        (422, {"digest": "{digest}", "changes": {"../../../x": {"主题": ["教育"]}}}),
    ],
)
def test_what_is_no_change_of_tags_changes_nothing(refusing, status, body):
    if isinstance(body, dict) and body.get("digest") == "{digest}":
        body = {**body, "digest": refusing.desk().digest}
    assert ask(refusing, "POST", "/tags", body)[0] == status


@pytest.mark.parametrize("body", [{"key": "unknown", "done": True}, {"key": "../x", "done": True}])
def test_only_what_is_there_can_be_ticked(refusing, body):
    assert ask(refusing, "POST", "/tick", body)[0] == 422


@pytest.mark.parametrize(
    "path",
    [
        "/../mkdocs.yml",
        "/%2e%2e/mkdocs.yml",
        "/docs/vocabulary.yml",
        "/original/../../vocabulary.yml",
        "/original?path=/etc/passwd",
        "/picture/../../020.md",
        "/picture/-1",
        "/picture/0",
        "/picture/%C2%B2",
        "/picture/99999999999",
        "//etc/passwd",
        "/review.html",
        "http://[",
    ],
)
def test_no_path_leads_to_a_file(refusing, path):
    status, body, _ = ask(refusing, "GET", path)
    if path.startswith("/original?"):
        assert body == REAL_ISSUE.read_bytes(), "what follows the ? says nothing"
    else:
        assert status in (400, 404)


@pytest.mark.parametrize("path", ["/tags", "/tick", "/stop"])
def test_nothing_is_changed_by_reading(refusing, path):
    assert ask(refusing, "GET", path)[0] == 404


@pytest.mark.parametrize("method", ["PUT", "DELETE", "OPTIONS", "HEAD", "TRACE"])
def test_other_methods_are_not_known(refusing, method):
    assert ask(refusing, method, "/")[0] == 501


def test_a_picture_is_served_only_from_beside_the_page(server, archive, page):
    folder = page.with_suffix("")
    folder.mkdir()
    (folder / "a08-1.png").write_bytes(b"\x89PNG")
    (archive.docs / "secret.png").write_bytes(b"secret")
    figures = (
        "![图](020/a08-1.png)",
        "![外](../../secret.png)",
        "![页](../2017/020.md)",
        f"![绝对]({archive.docs}/secret.png)",
    )
    page.write_text(page.read_text("utf-8") + "".join(f"\n{each}\n" for each in figures), "utf-8")
    status, body, headers = ask(server, "GET", "/picture/0")
    assert (status, body, headers["Content-Type"]) == (200, b"\x89PNG", "image/png")
    assert ask(server, "GET", "/picture/1")[0] == 404


def test_a_port_that_is_taken_is_said(server, archive, page):
    with pytest.raises(ArchiveError, match="用不了"):
        ReviewServer(archive, page, server.server_port)


# What it shows


def test_a_page_that_cannot_be_read_is_said_with_its_line(server, page):
    page.write_text(page.read_text("utf-8").replace("年份: 2017", "年份: 二〇一七"), "utf-8")
    status, body, _ = ask(server, "GET", "/")
    assert status == 422
    assert "第3行：“年份”应当是数字" in body.decode()


@pytest.mark.parametrize(
    "shown", [view.standing, lambda desk: view.served(desk, "token")], ids=["file", "served"]
)
def test_texts_stay_texts(archive, page, shown, server):
    typed = HOSTILE.replace("\x0b", "").replace("\u2028", "")
    text = page.read_text("utf-8")
    text = text.replace("刊名: 援疆工作简报", f"刊名: {json.dumps(typed)}").replace(
        "近日，在泰州工作组", "<img src=x onerror=alert(1)>"
    )
    page.write_text(text, "utf-8")
    html = shown(server.desk())
    assert "<img src=x" not in html
    assert "</script><!--" not in html
    assert html.count("<script") == html.count("</script>")
