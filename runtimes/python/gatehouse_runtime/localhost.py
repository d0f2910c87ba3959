"""Names below .localhost are this machine, which not every system's resolver knows: buckets have such names."""

import socket


def resolve():
    asked = socket.getaddrinfo

    def getaddrinfo(host, *more, **named):
        if isinstance(host, str) and host.lower().rstrip(".").endswith(".localhost"):
            host = "localhost"
        return asked(host, *more, **named)

    socket.getaddrinfo = getaddrinfo
