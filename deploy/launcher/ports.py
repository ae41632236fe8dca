"""TCP ports on loopback: is it free, and if not, who has it."""

import os
import pathlib
import socket

from launcher import identity
from launcher.fault import Fault

LOOPBACK = "127.0.0.1"


def is_free(port):
    """True if a server could listen there now."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
            probe.listen(1)
        except OSError:
            return False
    return True


def owner(port):
    """(pid, name) of the process that listens on `port`, or None if it cannot be seen."""
    inodes = set()
    for table in ("/proc/net/tcp", "/proc/net/tcp6"):
        inodes |= _listening_inodes(table, port)
    for pid in filter(str.isdigit, os.listdir("/proc")):
        if inodes and _holds(pid, inodes):
            return int(pid), identity.resident_name(pid)
    return None


def _listening_inodes(table, port):
    try:
        lines = pathlib.Path(table).read_text().splitlines()[1:]
    except OSError:
        return set()
    rows = (line.split() for line in lines)
    return {row[9] for row in rows if row[3] == "0A" and int(row[1].rpartition(":")[2], 16) == port}


def _holds(pid, inodes):
    try:
        descriptors = list(pathlib.Path(f"/proc/{pid}/fd").iterdir())
    except OSError:
        return False  # another user's, or gone
    return any(_link(fd) == f"socket:[{inode}]" for fd in descriptors for inode in inodes)


def _link(path):
    try:
        return os.readlink(path)
    except OSError:
        return ""


def require_free(wanted):
    """`wanted` is {name: port}. Raises a Fault that names the first taken one and its holder."""
    for name, port in wanted.items():
        if is_free(port):
            continue
        holder = owner(port)
        who = f"by {holder[1]} (pid {holder[0]})" if holder else "by another process"
        raise Fault(f"port {port} ({name}) is taken {who}; stop it, or choose another port "
                    f"with --port {name}=NUMBER")


def choose(wanted):
    """Keeps each default that is free; finds a free port for each that is not, or is 0."""
    chosen = {}
    for name, port in wanted.items():
        usable = port and port not in chosen.values() and is_free(port)
        chosen[name] = port if usable else _any_free(chosen)
    return chosen


def _any_free(chosen):
    while True:
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
            probe.bind((LOOPBACK, 0))
            port = probe.getsockname()[1]
        if port not in chosen.values():
            return port


def parse_overrides(items, known):
    """['intake=7101', ...] -> {'intake': 7101}; unknown names and bad numbers are refused."""
    overrides = {}
    for item in items:
        name, equals, number = item.partition("=")
        if not equals or name not in known:
            raise Fault(f"--port {item}: expected NAME=NUMBER with one of {', '.join(known)}", 2)
        if not number.isdigit() or not 1 <= int(number) <= 65535:
            raise Fault(f"--port {item}: the number must be between 1 and 65535", 2)
        overrides[name] = int(number)
    return overrides
