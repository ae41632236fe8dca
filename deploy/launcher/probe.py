"""Is a process ready? One probe per kind of server; each answers within a second."""

import http.client
import socket

TIMEOUT_S = 1.0


def is_ready(probe):
    """`probe` is None (ready at once) or {'kind': 'tcp' | 'http' | 'redis', ...}."""
    if probe is None:
        return True
    try:
        return _PROBES[probe["kind"]](probe)
    except (OSError, http.client.HTTPException):
        return False


def _tcp(probe):
    with socket.create_connection(("127.0.0.1", probe["port"]), TIMEOUT_S):
        return True


def _http(probe):
    connection = http.client.HTTPConnection("127.0.0.1", probe["port"], timeout=TIMEOUT_S)
    try:
        connection.request("GET", probe["path"])
        return connection.getresponse().status == 200
    finally:
        connection.close()


def _redis(probe):
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as client:
        client.settimeout(TIMEOUT_S)
        client.connect(probe["path"])
        client.sendall(b"PING\r\n")
        return client.recv(64).startswith(b"+PONG")


_PROBES = {"tcp": _tcp, "http": _http, "redis": _redis}
