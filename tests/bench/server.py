"""A static server on this machine that keeps count: what was asked for, and how large it is as gzip."""

from __future__ import annotations

import gzip
import mimetypes
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

GZIP_LEVEL = 6


class Server:
    """Serves a folder; ``requests`` holds the paths that were served, in order."""

    def __init__(self, folder: Path, address: str) -> None:
        self.folder = folder
        self.address = address
        self.requests: list[str] = []

    @cache  # noqa: B019  (lives as long as the server)
    def content(self, path: str) -> bytes | None:
        """The file at ``path`` as gzip, None where there is none."""
        file = self.folder / path
        if file.is_dir():
            file /= "index.html"
        return gzip.compress(file.read_bytes(), GZIP_LEVEL, mtime=0) if file.is_file() else None


@contextmanager
def serve(folder: Path) -> Iterator[Server]:
    """Serve ``folder`` on a free port of 127.0.0.1 until the block ends."""
    httpd = _HTTPServer(("127.0.0.1", 0), _Handler)
    httpd.served = Server(folder, f"http://127.0.0.1:{httpd.server_port}/")
    threading.Thread(target=httpd.serve_forever, daemon=True).start()
    try:
        yield httpd.served
    finally:
        httpd.shutdown()
        httpd.server_close()


class _HTTPServer(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        # A page that is closed while it loads breaks its connections: nothing to tell.
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # Headers and content leave at once; the kernel would wait for more otherwise.
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        served: Server = self.server.served
        path = unquote(urlsplit(self.path).path).lstrip("/")
        content = served.content(path)
        if content is None:
            self.send_response(404)
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        served.requests.append(path)
        self.send_response(200)
        self.send_header("Content-Type", mimetypes.guess_type(path or "index.html")[0] or "text/html")
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "max-age=3600")
        # The page may then ask how much memory it takes, its workers included.
        self.send_header("Cross-Origin-Opener-Policy", "same-origin")
        self.send_header("Cross-Origin-Embedder-Policy", "require-corp")
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *arguments: object) -> None:
        pass
