"""The review page in the browser of this machine, and of nobody else.

It writes files, so it trusts no request by itself: it listens on 127.0.0.1 only, answers only under that name
(a page elsewhere may have its own name point here: DNS rebinding), wants a secret that only the person who
started it has been given (in the address once, then in a cookie), and for everything that changes something
the secret a second time, in a header, from its own page. What a request names is never used as a path.
"""

from __future__ import annotations

import http.server
import json
import secrets
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from http.cookies import CookieError, SimpleCookie
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit

from jianbao.archive import Archive
from jianbao.errors import ArchiveError, JianbaoError
from jianbao.review import desk as on_desk
from jianbao.review import sheet, view

HOST = "127.0.0.1"
NAMES = (HOST, "localhost")
# The tags of a whole issue take a few KB.
LARGEST_BODY = 100_000
SECONDS = 20
TOKEN_HEADER = "X-Jianbao-Token"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
ASSETS = {"/review.css": "text/css; charset=utf-8", "/review.js": "text/javascript; charset=utf-8"}


class Refusal(Exception):
    """A request that is not answered, with the reason for the person who sent it."""

    def __init__(self, status: HTTPStatus, message: str) -> None:
        super().__init__(message)
        self.status, self.message = status, message


@dataclass(frozen=True)
class Answer:
    """What is sent back."""

    body: bytes
    type: str = "application/json; charset=utf-8"
    status: HTTPStatus = HTTPStatus.OK
    headers: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of_json(cls, value: object, status: HTTPStatus = HTTPStatus.OK) -> Answer:
        return cls(json.dumps(value, ensure_ascii=False).encode(), status=status)

    @classmethod
    def of_page(cls, text: str, status: HTTPStatus = HTTPStatus.OK) -> Answer:
        return cls(text.encode(), "text/html; charset=utf-8", status)


class ReviewServer(http.server.ThreadingHTTPServer):
    """Serves the review of one page; ``address`` is what to open in the browser."""

    daemon_threads = True
    # Another program must not be able to take over the port.
    allow_reuse_address = False

    def __init__(self, archive: Archive, page: Path, port: int = 0) -> None:
        """Raises ArchiveError where the port is taken or the sheet cannot be kept, and what ``desk.laid`` raises."""
        self.archive, self.page = archive, page
        self.token = secrets.token_urlsafe(32)
        # One change at a time: each reads what is there, and writes it.
        self.lock = threading.Lock()
        self.is_ending = False
        # Where it had to be made from the original, it is kept: a long PDF takes seconds to read.
        sheet.save(archive, page, self.desk().sheet)
        try:
            super().__init__((HOST, port), _Handler)
        except OSError as error:
            raise ArchiveError(f"端口 {port} 用不了（{error.strerror}）；请用 --port 另指一个") from None

    @property
    def address(self) -> str:
        return f"http://{HOST}:{self.server_port}/?token={self.token}"

    @property
    def cookie(self) -> str:
        """The cookie's name: browsers send the same cookies to every port of a host."""
        return f"jianbao-{self.server_port}"

    def desk(self) -> on_desk.Desk:
        """The issue as it is now."""
        return on_desk.laid(self.archive, self.page)

    def handle_error(self, request: object, client_address: object) -> None:
        """A browser that hangs up is no fault."""
        if not isinstance(sys.exception(), ConnectionError | TimeoutError):
            super().handle_error(request, client_address)


class _Handler(http.server.BaseHTTPRequestHandler):
    server: ReviewServer
    server_version, sys_version = "jianbao", ""
    protocol_version = "HTTP/1.1"
    timeout = SECONDS

    def do_GET(self) -> None:
        self._answer(self._get)

    def do_POST(self) -> None:
        self._answer(self._post)

    def log_message(self, format: str, *arguments: object) -> None:
        """Say nothing: the terminal is the editor's."""

    # Reading

    def _get(self) -> Answer:
        path, query = self._address()
        if path == "/" and "token" in query:
            return self._let_in(query["token"][0])
        self._check_cookie()
        if path == "/":
            try:
                return Answer.of_page(view.served(self.server.desk(), self.server.token))
            except JianbaoError as error:
                return Answer.of_page(view.trouble(str(error)), HTTPStatus.UNPROCESSABLE_ENTITY)
        if path in ASSETS:
            return Answer(view.asset(path[1:]).encode(), ASSETS[path])
        if path == "/original":
            return self._original()
        number = path.removeprefix("/picture/")
        if number != path and number.isdecimal() and len(number) < 6:
            return self._picture(int(number))
        raise Refusal(HTTPStatus.NOT_FOUND, "没有这个地址")

    def _let_in(self, token: str) -> Answer:
        """The secret moves from the address, which others may see, into a cookie."""
        if not self._is_secret(token):
            raise Refusal(HTTPStatus.FORBIDDEN, "地址里的口令不对；请用命令行里显示的地址打开")
        cookie = f"{self.server.cookie}={token}; Path=/; HttpOnly; SameSite=Strict"
        headers = (("Set-Cookie", cookie), ("Location", "/"))
        return Answer(b"", "text/plain", HTTPStatus.SEE_OTHER, headers)

    def _original(self) -> Answer:
        desk = self.server.desk()
        if desk.original is None:
            raise Refusal(HTTPStatus.NOT_FOUND, "档案里没有这一期的原件")
        name = quote(Path(desk.issue.original.name).name, safe="")
        disposition = ("Content-Disposition", f"attachment; filename*=UTF-8''{name}")
        return Answer(desk.original.read_bytes(), "application/octet-stream", headers=(disposition,))

    def _picture(self, number: int) -> Answer:
        pictures = self.server.desk().pictures
        if number >= len(pictures):
            raise Refusal(HTTPStatus.NOT_FOUND, "页面上没有这幅图片")
        path = pictures[number]
        return Answer(path.read_bytes(), on_desk.PICTURES[path.suffix.lower()])

    # Changing

    def _post(self) -> Answer:
        self._check_cookie()
        origins = [f"http://{name}:{self.server.server_port}" for name in NAMES]
        if (
            self.headers.get("Origin") not in origins
            or self.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin"
        ):
            raise Refusal(HTTPStatus.FORBIDDEN, "不是从核对页发来的")
        if not self._is_secret(self.headers.get(TOKEN_HEADER, "")):
            raise Refusal(HTTPStatus.FORBIDDEN, "口令不对；请重新载入这一页")
        path, _ = self._address()
        act = {"/tags": self._save_tags, "/tick": self._tick, "/stop": self._stop}.get(path)
        if act is None:
            status = (
                HTTPStatus.METHOD_NOT_ALLOWED if path in ("/", "/original", *ASSETS) else HTTPStatus.NOT_FOUND
            )
            raise Refusal(status, "没有这个地址")
        body = self._body()
        with self.server.lock:
            return act(body)

    def _save_tags(self, body: dict[str, object]) -> Answer:
        digest, changes = body.get("digest"), body.get("changes")
        if not isinstance(digest, str) or not _are_changes(changes):
            raise Refusal(HTTPStatus.BAD_REQUEST, "不是标签的改动")
        return Answer.of_json({"digest": on_desk.change_tags(self.server.desk(), digest, changes).digest})

    def _tick(self, body: dict[str, object]) -> Answer:
        key, is_done = body.get("key"), body.get("done")
        if not isinstance(key, str) or not isinstance(is_done, bool):
            raise Refusal(HTTPStatus.BAD_REQUEST, "不是打勾")
        return Answer.of_json({"open": on_desk.tick(self.server.desk(), key, is_done).open_count})

    def _stop(self, body: dict[str, object]) -> Answer:
        self.server.is_ending = True
        return Answer.of_json({})

    # Both

    def _answer(self, make: Callable[[], Answer]) -> None:
        try:
            self._check_host()
            answer = make()
        except Refusal as refusal:
            self.close_connection = True
            answer = Answer.of_json({"error": refusal.message}, refusal.status)
        except on_desk.StaleError as error:
            answer = Answer.of_json({"error": str(error)}, HTTPStatus.CONFLICT)
        except (JianbaoError, OSError) as error:
            answer = Answer.of_json({"error": str(error)}, HTTPStatus.UNPROCESSABLE_ENTITY)
        self.send_response(answer.status)
        for name, value in (*HEADERS.items(), *answer.headers):
            self.send_header(name, value)
        self.send_header("Content-Type", answer.type)
        self.send_header("Content-Length", str(len(answer.body)))
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(answer.body)
        if self.server.is_ending:
            # Waits for the loop that waits for requests, so it must not be done in a request's own time.
            threading.Thread(target=self.server.shutdown, daemon=True).start()

    def _address(self) -> tuple[str, dict[str, list[str]]]:
        try:
            parts = urlsplit(self.path)
            return parts.path, parse_qs(parts.query, max_num_fields=5)
        except ValueError:
            raise Refusal(HTTPStatus.BAD_REQUEST, "地址不对") from None

    def _check_host(self) -> None:
        if self.headers.get("Host") not in [f"{name}:{self.server.server_port}" for name in NAMES]:
            raise Refusal(HTTPStatus.FORBIDDEN, "只在本机用 127.0.0.1 打开")

    def _check_cookie(self) -> None:
        try:
            morsel = SimpleCookie(self.headers.get("Cookie", "")).get(self.server.cookie)
        except CookieError:
            morsel = None
        if morsel is None or not self._is_secret(morsel.value):
            raise Refusal(HTTPStatus.FORBIDDEN, "请用命令行里显示的地址打开")

    def _is_secret(self, text: str) -> bool:
        return secrets.compare_digest(text.encode("utf-8", "surrogateescape"), self.server.token.encode())

    def _body(self) -> dict[str, object]:
        if self.headers.get_content_type() != "application/json":
            raise Refusal(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "应当是 JSON")
        length = self.headers.get("Content-Length", "")
        if not length.isdecimal() or "Transfer-Encoding" in self.headers:
            raise Refusal(HTTPStatus.LENGTH_REQUIRED, "没有说明长度")
        if len(length) > 9 or int(length) > LARGEST_BODY:
            raise Refusal(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "太长了")
        try:
            body = json.loads(self.rfile.read(int(length)))
        except (ValueError, RecursionError):
            raise Refusal(HTTPStatus.BAD_REQUEST, "不是 JSON") from None
        if not isinstance(body, dict):
            raise Refusal(HTTPStatus.BAD_REQUEST, "不是 JSON 对象")
        return body


def _are_changes(value: object) -> bool:
    """Whether a value is ``{"a01": {"主题": ["教育"]}}``."""
    return isinstance(value, dict) and all(
        isinstance(lists, dict)
        and all(
            isinstance(tags, list) and all(isinstance(tag, str) for tag in tags) for tags in lists.values()
        )
        for lists in value.values()
    )
