"""Knowing a process again: a pid alone may have been given to someone else since."""

import os
import pathlib
import select
import signal

_BOOT = pathlib.Path("/proc/sys/kernel/random/boot_id")


def start_mark(pid):
    """What tells this process from another one with its pid; None if it does not run."""
    try:
        stat = pathlib.Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return None
    # The name in parentheses may hold spaces and parentheses itself.
    fields = stat.rpartition(")")[2].split()
    if fields[0] in "ZX":
        return None
    return f"{fields[19]}@{_BOOT.read_text().strip()}"


def is_alive(pid, mark):
    """True if `pid` runs and is the very process that `mark` was taken of."""
    return pid is not None and mark is not None and start_mark(pid) == mark


def send(pid, mark, sig):
    """Signals exactly that process, without a race; False if it is gone."""
    try:
        fd = os.pidfd_open(pid)
    except OSError:
        return False
    try:
        if not is_alive(pid, mark):
            return False
        signal.pidfd_send_signal(fd, sig)
        return True
    except ProcessLookupError:
        return False
    finally:
        os.close(fd)


def wait_gone(pid, mark, timeout_s):
    """Waits until that process has ended; False at the time limit. Not for own children."""
    try:
        fd = os.pidfd_open(pid)
    except OSError:
        return True
    try:
        if not is_alive(pid, mark):
            return True
        return bool(select.select([fd], [], [], max(0.0, timeout_s))[0])
    finally:
        os.close(fd)


def stop(pid, mark, grace_s):
    """SIGTERM, `grace_s` seconds, then SIGKILL. Returns the signal that ended it, or None."""
    if not send(pid, mark, signal.SIGTERM):
        return None
    if wait_gone(pid, mark, grace_s):
        return signal.SIGTERM
    send(pid, mark, signal.SIGKILL)
    wait_gone(pid, mark, 5.0)
    return signal.SIGKILL


def resident_name(pid):
    """The command name of a pid, for messages."""
    try:
        return pathlib.Path(f"/proc/{pid}/comm").read_text().strip()
    except OSError:
        return "unknown"
