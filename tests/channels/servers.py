"""Real servers on the loopback that take what the channels send: one for SMTP, one for HTTP; they say what they are told to."""

from __future__ import annotations

import json
import socketserver
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import Message as Mail
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Taken:
    """What a server took, and how it answers from now on."""

    port: int = 0
    bodies: list[Any] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)
    answers: dict[str, str] = field(default_factory=dict)
    status: int = 200
    hang_up: str = ""
    on_arrival: Callable[[], None] = lambda: None
    go_on: threading.Event = field(default_factory=threading.Event)

    def wait_for_one(self, within_s: float = 30) -> bool:
        """Wait until something was taken; False where nothing came."""
        until = time.monotonic() + within_s
        while not self.bodies and time.monotonic() < until:
            time.sleep(0.02)
        return bool(self.bodies)


@contextmanager
def web_server(*, waits: bool = False) -> Iterator[Taken]:
    """Serve HTTP; with `waits` an answer comes only once `go_on` is set."""
    taken = Taken()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            taken.paths.append(self.path)
            taken.bodies.append(json.loads(body))
            taken.on_arrival()
            if waits:
                taken.go_on.wait(30)
            if taken.hang_up:
                self.close_connection = True
                return
            self.send_response(taken.status)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    taken.port = server.server_address[1]
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield taken
    finally:
        taken.go_on.set()
        server.shutdown()
        server.server_close()


class MailTalk(socketserver.StreamRequestHandler):
    """One client talking SMTP."""

    taken: Taken

    def handle(self) -> None:
        self.say("220 here")
        while line := self.rfile.readline().decode():
            command = line[:4].strip().upper()
            if self.taken.hang_up == command and command != "DATA":
                return
            if command == "QUIT":
                self.say("221 bye")
                return
            if said := self.taken.answers.get(command):
                self.say(said)
            elif command == "DATA":
                self.say("354 go on")
                if not self.take():
                    return
            else:
                self.say("250 ok")

    def take(self) -> bool:
        lines = []
        while (line := self.rfile.readline()) not in {b".\r\n", b""}:
            lines.append(line)
        self.taken.bodies.append(message_from_bytes(b"".join(lines)))
        self.taken.on_arrival()
        if self.taken.hang_up == "DATA":
            return False
        self.say(self.taken.answers.get("BODY", "250 taken"))
        return True

    def say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())


@contextmanager
def mail_server() -> Iterator[Taken]:
    """Serve SMTP; `answers` by command replace the usual ones, `hang_up` names the command after which it breaks off."""
    taken = Taken()

    class Handler(MailTalk):
        pass

    Handler.taken = taken

    class Server(socketserver.ThreadingTCPServer):
        daemon_threads = True
        allow_reuse_address = True

    server = Server(("127.0.0.1", 0), Handler)
    taken.port = server.server_address[1]
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield taken
    finally:
        server.shutdown()
        server.server_close()


def words_of(mail: Mail) -> str:
    """Return the text of a mail."""
    payload = mail.get_payload(decode=True)
    assert isinstance(payload, bytes)
    return payload.decode()
