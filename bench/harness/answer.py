"""Asks a proxy for one answer and checks it: status, length and hash of the body."""

import hashlib
import http.client
import socket
import time


class WrongAnswer(Exception):
    pass


def check(contender, body):
    """Raises WrongAnswer unless the contender answers with exactly this body; OSError when it does not listen."""
    connection = http.client.HTTPConnection("127.0.0.1", contender.port, timeout=5)
    try:
        connection.request("GET", contender.path, headers={"Host": contender.host, **contender.headers()})
        reply = connection.getresponse()
        got = reply.read()
    finally:
        connection.close()
    if reply.status != 200 or hashlib.sha256(got).digest() != hashlib.sha256(body).digest():
        raise WrongAnswer(f"{contender.name} answered {reply.status} with {len(got)} bytes: {got[:200]!r}")


def await_first(contender, session, body, seconds=60):
    """Returns once the contender proxies; the poll every 2 ms is the resolution of the start-up time."""
    deadline = time.monotonic() + seconds
    while True:
        try:
            return check(contender, body)
        except (OSError, http.client.HTTPException, WrongAnswer) as failure:
            if not session.alive() or time.monotonic() > deadline:
                raise WrongAnswer(f"{contender.name} never answered: {failure}\n{session.last_words()}") from failure
        time.sleep(0.002)


def await_open(port, session, seconds=60):
    """Returns once something listens on the port."""
    deadline = time.monotonic() + seconds
    while True:
        try:
            return socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError as failure:
            if not session.alive() or time.monotonic() > deadline:
                raise WrongAnswer(f"nothing listens: {failure}\n{session.last_words()}") from failure
        time.sleep(0.01)
