"""The server sample in serving/ with a real nginx, over a small published folder."""

import gzip
import http.client
import os
import re
import shutil
import signal
import socket
import subprocess
import threading
import time

import pytest

from archives import ROOT
from jianbao.site.policy import policy

SERVING = ROOT / "serving"
NGINX = shutil.which("nginx") or "/usr/sbin/nginx"
PUBLISHED = {"2017.19": 1_501_000_000, "2017.20": 1_502_000_000}
EDITIONS = tuple(PUBLISHED)
REVALIDATE = "no-cache"
FOREVER = "public, max-age=31536000, immutable"
ISSUE = "issues/2017/020.html"


def page(edition):
    """A page that compresses well and says in each line which edition it is of."""
    return f"<p>{edition}</p>\n" * 400


def publish(folder):
    """A published folder as ``jianbao publish`` leaves it: two editions, the second the newest."""
    for edition in EDITIONS:
        root = folder / edition
        for name, content in {
            "index.html": page(edition),
            ISSUE: page(edition),
            "404.html": "没有这一页",
            "manifest.json": "{}",
            "atom.xml": "<feed/>",
            "assets/search/box.js": f"// {edition}\n" * 200,
            "assets/styles/site.css": "p {}",
            "data/articles.csv": "甲,乙",
            "data/articles.jsonl": "{}",
            "data/文 件.txt": "甲",
            "originals/2017/020.txt": "甲",
            "originals/2017/021.html": "<script>alert(1)</script>",
            "originals/2017/022.docx": "PK",
        }.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content, "utf-8")
            # Of the day of its publication: nginx tells pages of the same length apart by that.
            os.utime(path, (PUBLISHED[edition], PUBLISHED[edition]))
    # A page that is the same in both is one file.
    for edition in EDITIONS:
        os.link(folder / EDITIONS[0] / "404.html", folder / edition / "same.html")
    switch(folder, EDITIONS[-1])
    for name in ("index.html", "404.html", "changes.html", "changes.atom", "versions.js", "versions.json"):
        (folder / name).write_text(name, "utf-8")
    (folder / ".jianbao/store/ab").mkdir(parents=True)
    (folder / ".jianbao/store/ab/cdef").write_text("x", "utf-8")
    (folder / ".jianbao/lock").write_text("", "utf-8")


def switch(folder, edition):
    """Make an edition the newest: a new link, put in the place of the old one."""
    (folder / "latest.new").symlink_to(edition)
    os.replace(folder / "latest.new", folder / "latest")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def layout(folder, published, port):
    """The files of the container (their places are the Dockerfile's) below ``folder``; gives the main one."""
    dockerfile = (SERVING / "Dockerfile").read_text("utf-8")
    copied = re.findall(r"^COPY (\S+) (/etc/nginx/\S+)$", dockerfile, re.M)
    changes = re.findall(r"sed -i 's/(.+?)/(.+?)/' (/etc/nginx/\S+)", dockerfile)
    assert len(copied) == 2
    assert len(changes) == 1
    places = {
        "/tmp/": f"{folder}/",
        **{inside: str(folder / inside.rpartition("/")[2]) for _, inside in copied},
        "root /srv/jianbao;": f'root "{published}";',
        "listen 8080;": f"listen 127.0.0.1:{port};",
    }
    for name, inside in copied:
        text = (SERVING / name).read_text("utf-8")
        for old, new, where in changes:
            if where == inside:
                assert text.count(f"    {old}\n") == 1, old
                text = text.replace(old, new)
        for old, new in places.items():
            text = text.replace(old, new)
        (folder / inside.rpartition("/")[2]).write_text(text, "utf-8")
    return folder / "nginx.conf"


def front(port, behind):
    """A server with the sample's lines for an archive below a path of another site."""
    lines = (SERVING / "nginx.conf").read_text("utf-8").partition("的 server 中加：\n")[2].splitlines()
    block = "\n".join(line.removeprefix("#") for line in lines)
    assert "location /jianbao/" in block
    return f"server {{ listen 127.0.0.1:{port}; {block.replace(':8080', f':{behind}')} }}"


class Server:
    def __init__(self, folder, published):
        self.port, self.front = free_port(), free_port()
        folder.mkdir()
        configuration = layout(folder, published, self.port)
        with (folder / "jianbao.conf").open("a", encoding="utf-8") as file:
            file.write(front(self.front, self.port))
        # Without a user of its own: as root the workers would be someone who may not read a test's folder.
        user = "user root; " if os.geteuid() == 0 else ""
        self.command = [NGINX, "-p", folder, "-e", "stderr", "-c", configuration, "-g", f"{user}daemon off;"]
        self.log = folder / "log"
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(self.command, stdout=log, stderr=log)
        self._wait()

    def _wait(self):
        for _ in range(200):
            assert self.process.poll() is None, self.log.read_text()
            try:
                socket.create_connection(("127.0.0.1", self.port)).close()
                return
            except OSError:
                time.sleep(0.02)
        raise AssertionError(self.log.read_text())

    def get(self, address, method="GET", port=None, **headers):
        """(status, headers, body); nothing is followed and nothing in the address is put right."""
        connection = http.client.HTTPConnection("127.0.0.1", port or self.port, timeout=10)
        connection.putrequest(method, address, skip_accept_encoding=True)
        for name, value in headers.items():
            connection.putheader(name.replace("_", "-"), value)
        connection.endheaders()
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        return answer.status, dict(answer.getheaders()), body

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(10)


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    folder = tmp_path_factory.mktemp("发布 目录") / "简报"
    publish(folder)
    return folder


@pytest.fixture(scope="module")
def server(tmp_path_factory, published):
    server = Server(tmp_path_factory.mktemp("nginx") / "etc", published)
    yield server
    server.stop()


@pytest.mark.parametrize(
    ("address", "status", "cache", "kind"),
    [
        ("/2017.19/", 200, FOREVER, "text/html; charset=utf-8"),
        (f"/2017.19/{ISSUE}", 200, FOREVER, "text/html; charset=utf-8"),
        ("/2017.20/assets/search/box.js", 200, FOREVER, "application/javascript; charset=utf-8"),
        ("/2017.20/assets/styles/site.css", 200, FOREVER, "text/css; charset=utf-8"),
        ("/2017.20/manifest.json", 200, FOREVER, "application/json; charset=utf-8"),
        ("/2017.20/data/articles.csv", 200, FOREVER, "text/csv; charset=utf-8"),
        ("/2017.20/data/articles.jsonl", 200, FOREVER, "application/jsonl; charset=utf-8"),
        ("/2017.20/data/%E6%96%87%20%E4%BB%B6.txt", 200, FOREVER, "text/plain; charset=utf-8"),
        ("/2017.20/atom.xml", 200, FOREVER, "text/xml; charset=utf-8"),
        ("/latest/", 200, REVALIDATE, "text/html; charset=utf-8"),
        (f"/latest/{ISSUE}?mark=x", 200, REVALIDATE, "text/html; charset=utf-8"),
        ("/latest/assets/search/box.js", 200, REVALIDATE, "application/javascript; charset=utf-8"),
        ("/versions.json", 200, REVALIDATE, "application/json; charset=utf-8"),
        ("/versions.js", 200, REVALIDATE, "application/javascript; charset=utf-8"),
        ("/changes.html", 200, REVALIDATE, "text/html; charset=utf-8"),
        ("/changes.atom", 200, REVALIDATE, "application/atom+xml; charset=utf-8"),
        # Not there, or no one's business: the page for that, and nothing to remember.
        ("/2017.20/no.html", 404, REVALIDATE, "text/html; charset=utf-8"),
        ("/latest/no.html", 404, REVALIDATE, "text/html; charset=utf-8"),
        ("/2017.20/assets/", 404, REVALIDATE, "text/html; charset=utf-8"),
        ("/latest/issues/2017/", 404, REVALIDATE, "text/html; charset=utf-8"),
        ("/.jianbao/", 404, REVALIDATE, "text/html; charset=utf-8"),
        ("/.jianbao/lock", 404, REVALIDATE, "text/html; charset=utf-8"),
        ("/.jianbao/store/ab/cdef", 404, REVALIDATE, "text/html; charset=utf-8"),
        ("/%2ejianbao/lock", 404, REVALIDATE, "text/html; charset=utf-8"),
        ("/2017.20/../.jianbao/lock", 404, REVALIDATE, "text/html; charset=utf-8"),
        ("/latest/.git/config", 404, REVALIDATE, "text/html; charset=utf-8"),
        ("/2017.20/../../etc/passwd", 400, REVALIDATE, "text/html; charset=utf-8"),
    ],
)
def test_what_is_there(server, address, status, cache, kind):
    found, headers, body = server.get(address)
    assert (found, headers["Cache-Control"], headers["Content-Type"]) == (status, cache, kind)
    if status == 404:
        assert body.decode() == "没有这一页"


@pytest.mark.parametrize(
    ("address", "location"),
    [
        ("/", "/latest/"),
        ("/?a=1", "/latest/?a=1"),
        ("/index.html", "/latest/index.html"),
        ("/latest", "/latest/"),
        (f"/{ISSUE}", f"/latest/{ISSUE}"),
        ("/search.html?q=%E6%AD%A6%E8%BF%9B&year=2017", "/latest/search.html?q=%E6%AD%A6%E8%BF%9B&year=2017"),
        ("/issues/2017/", "/latest/issues/2017/"),
        # Taken away, or never there.
        ("/2016.31.2", "/latest"),
        ("/2016.31/", "/latest/"),
        (f"/2016.31/{ISSUE}?mark=x", f"/latest/{ISSUE}?mark=x"),
        ("/2099.1/data/%E6%96%87%20%E4%BB%B6.txt", "/latest/data/%E6%96%87%20%E4%BB%B6.txt"),
        # Nothing that leads elsewhere, and no header of someone else's.
        ("//elsewhere.invalid/x", "/latest//elsewhere.invalid/x"),
        ("/2016.31//elsewhere.invalid/", "/latest//elsewhere.invalid/"),
        ("/2016.31/%0d%0aSet-Cookie:%20a=b", "/latest/%0d%0aSet-Cookie:%20a=b"),
        ("/x%0d%0aSet-Cookie:%20a=b", "/latest/x%0d%0aSet-Cookie:%20a=b"),
    ],
)
def test_addresses_that_lead_to_the_newest(server, address, location):
    status, headers, _ = server.get(address)
    assert (status, headers["Location"], headers["Cache-Control"]) == (302, location, REVALIDATE)
    assert "Set-Cookie" not in headers


def test_a_folder_without_its_slash(server):
    status, headers, _ = server.get("/2017.19")
    assert (status, headers["Location"], headers["Cache-Control"]) == (301, "/2017.19/", REVALIDATE)


@pytest.mark.parametrize(
    "address", [f"/2017.20/{ISSUE}", f"/latest/{ISSUE}", "/versions.js", "/latest/no", "/"]
)
def test_what_protects_goes_with_every_answer(server, address):
    _, headers, _ = server.get(address)
    assert headers["Content-Security-Policy"] == f"{policy().replace(' file:', '')}; frame-ancestors 'none'"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]
    assert headers["Server"] == "nginx"
    assert "Content-Disposition" not in headers


@pytest.mark.parametrize("edition", ["2017.20", "latest"])
@pytest.mark.parametrize("name", ["020.txt", "021.html", "022.docx"])
def test_originals_are_downloaded_and_run_nothing(server, edition, name):
    status, headers, _ = server.get(f"/{edition}/originals/2017/{name}")
    assert (status, headers["Content-Disposition"]) == (200, "attachment")
    assert headers["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'; sandbox"
    assert headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PROPFIND", "OPTIONS"])
def test_only_reading(server, method):
    status, headers, _ = server.get(f"/latest/{ISSUE}", method)
    assert (status, headers["Allow"]) == (405, "GET, HEAD")


def test_head_gives_no_body(server):
    status, headers, body = server.get("/versions.json", "HEAD")
    assert (status, headers["Content-Length"], body) == (200, "13", b"")


def test_compressed_for_those_who_can(server):
    _, headers, body = server.get(f"/latest/{ISSUE}", Accept_Encoding="gzip")
    assert (headers["Content-Encoding"], headers["Vary"]) == ("gzip", "Accept-Encoding")
    assert gzip.decompress(body).decode() == page("2017.20")
    assert len(body) < len(page("2017.20")) / 10


def test_what_has_not_changed_is_not_sent_again(server):
    for address, cache in ((f"/latest/{ISSUE}", REVALIDATE), (f"/2017.20/{ISSUE}", FOREVER)):
        _, headers, _ = server.get(address)
        status, again, body = server.get(address, If_None_Match=headers["ETag"])
        assert (status, again["Cache-Control"], body) == (304, cache, b"")


@pytest.fixture
def newest(published):
    """Make an edition the newest, until the test ends."""
    yield lambda edition: switch(published, edition)
    switch(published, EDITIONS[-1])


def test_after_a_switch_a_reader_s_copy_is_replaced_where_it_differs(server, newest):
    tags = {name: server.get(f"/latest/{name}")[1]["ETag"] for name in (ISSUE, "same.html")}
    newest("2017.19")
    status, _, body = server.get(f"/latest/{ISSUE}", If_None_Match=tags[ISSUE])
    assert (status, body.decode()) == (200, page("2017.19"))
    assert server.get("/latest/same.html", If_None_Match=tags["same.html"])[0] == 304


def test_a_switch_is_seen_at_once_and_no_page_is_mixed(server, newest):
    whole = {page(edition).encode() for edition in EDITIONS}
    answers, stop = [], threading.Event()

    def read():
        while not stop.is_set():
            answers.append(server.get(f"/latest/{ISSUE}"))

    readers = [threading.Thread(target=read) for _ in range(4)]
    for reader in readers:
        reader.start()
    try:
        for turn in range(100):
            newest(EDITIONS[turn % 2])
            assert server.get(f"/latest/{ISSUE}")[2].decode() == page(EDITIONS[turn % 2])
    finally:
        stop.set()
        for reader in readers:
            reader.join()
    assert {status for status, _, _ in answers} == {200}
    assert {body for _, _, body in answers} == whole


@pytest.mark.parametrize(
    ("address", "status", "location"),
    [
        ("/jianbao/", 302, "/jianbao/latest/"),
        (f"/jianbao/{ISSUE}", 302, f"/jianbao/latest/{ISSUE}"),
        (f"/jianbao/2016.31/{ISSUE}", 302, f"/jianbao/latest/{ISSUE}"),
        ("/jianbao/2017.19", 301, "/jianbao/2017.19/"),
        (f"/jianbao/latest/{ISSUE}", 200, None),
        ("/jianbao/latest/no.html", 404, None),
    ],
)
def test_below_a_path_of_another_site(server, address, status, location):
    found, headers, _ = server.get(address, port=server.front)
    assert (found, headers.get("Location")) == (status, location)
    assert "frame-ancestors" in headers["Content-Security-Policy"]


@pytest.mark.parametrize("edition", ["2017.20", "latest"])
@pytest.mark.parametrize("name", ["link.txt", "folder/passwd"])
def test_no_link_but_latest_is_followed(server, published, edition, name):
    inside = published / "2017.20"
    link, goal = (inside / "link.txt", "/etc/passwd") if name == "link.txt" else (inside / "folder", "/etc")
    link.symlink_to(goal)
    try:
        assert server.get(f"/{edition}/{name}")[0] == 404
    finally:
        link.unlink()


def test_the_sample_as_it_is_is_accepted(server):
    checked = subprocess.run([*server.command, "-t"], capture_output=True, encoding="utf-8")
    assert checked.returncode == 0
    complaints = [line for line in checked.stderr.splitlines() if re.search(r"\[(warn|emerg|error)\]", line)]
    assert complaints == []


def test_the_container_s_health(server):
    """The Dockerfile's own check, against this server."""
    check = re.search(
        r'^HEALTHCHECK .*\\\n\s*CMD \["bash", "-c", "(.*)"\]$',
        (SERVING / "Dockerfile").read_text("utf-8"),
        re.M,
    )[1]
    script = check.replace("\\\\", "\\").replace("/8080 ", f"/{server.port} ")
    assert subprocess.run(["bash", "-c", script], timeout=10).returncode == 0
    gone = script.replace("/versions.json", "/latest/no.json")
    assert subprocess.run(["bash", "-c", gone], timeout=10).returncode != 0


def test_what_the_guide_says_to_look_at(server):
    """The guide's own commands give what it says; the files that it names are there."""
    guide = (ROOT / "docs/guide/serving.md").read_text("utf-8")
    looked_at = re.findall(r"^curl -sI http://127\.0\.0\.1(\S+)$", guide, re.M)
    told = re.search(r"^应依次是：(.*)。$", guide, re.M)[1].split("；")
    assert len(looked_at) == len(told) == 4
    for address, answer in zip(looked_at, told, strict=True):
        status, headers, _ = server.get(address, "HEAD")
        assert answer.startswith(str(status))
        for header in re.findall(r"`([A-Z][\w-]+)(?:: [\w-]+)?`", answer):
            assert header in headers
        assert re.findall(r"到 `(/\S+)`", answer) == [
            headers[name] for name in ("Location",) if name in headers
        ]
    named = set(re.findall(r"serving/([\w.-]+)", guide))
    assert named
    assert [name for name in named if not (SERVING / name).is_file()] == []
