"""Speaks the Runtime API over one kept connection."""

import collections
import socket

BASE = "/2018-06-01/runtime/"

Event = collections.namedtuple(
    "Event", "request_id deadline function_arn trace_id client_context identity body"
)


class Gone(Exception):
    """Gatehouse is gone or wants this process gone; there is nobody to tell."""


class RuntimeClient:
    def __init__(self, authority):
        host, port = authority.rsplit(":", 1)
        self._authority = authority
        self._socket = socket.create_connection((host, int(port)))
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._in = self._socket.makefile("rb", 65536)

    def next(self):
        """Waits for the next event, however long it takes."""
        headers, body = self._call("GET", "invocation/next", None, "")
        if "lambda-runtime-aws-request-id" not in headers:
            raise Gone()
        return Event(
            headers["lambda-runtime-aws-request-id"],
            int(headers["lambda-runtime-deadline-ms"]),
            headers["lambda-runtime-invoked-function-arn"],
            headers.get("lambda-runtime-trace-id", ""),
            headers.get("lambda-runtime-client-context"),
            headers.get("lambda-runtime-cognito-identity"),
            body,
        )

    def respond(self, request_id, payload):
        self._call("POST", "invocation/%s/response" % request_id, payload, "")

    def fail(self, request_id, fault):
        self._call("POST", "invocation/%s/error" % request_id, fault.json(), _type(fault))

    def fail_start(self, fault):
        self._call("POST", "init/error", fault.json(), _type(fault))

    def _call(self, method, path, body, headers):
        if body is not None:
            headers += "Content-Type: application/json\r\nContent-Length: %d\r\n" % len(body)
        head = "%s %s%s HTTP/1.1\r\nHost: %s\r\n%s\r\n" % (method, BASE, path, self._authority, headers)
        try:
            self._socket.sendall(head.encode("latin-1") + (body or b""))
            return self._answer()
        except OSError as error:
            raise Gone() from error

    def _answer(self):
        if not self._in.readline():
            raise Gone()
        headers = {}
        for line in iter(self._in.readline, b"\r\n"):
            if not line:
                raise Gone()
            name, _, value = line.decode("latin-1").partition(":")
            headers[name.lower()] = value.strip()
        return headers, self._in.read(int(headers.get("content-length", "0")))


def _type(fault):
    printable = "".join(c if " " <= c <= "~" else "?" for c in fault.error_type)
    return "Lambda-Runtime-Function-Error-Type: %s\r\n" % printable
