"""One ./paidan at a time where two would disturb each other. A lock ends with its process."""

import contextlib
import fcntl
import os

from launcher.fault import Fault
from launcher.layout import STATE


@contextlib.contextmanager
def only_one(name, refusal):
    """Holds .paidan/<name>.lock; raises a Fault with `refusal` if another process has it."""
    lock = _open(name)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(lock)
        raise Fault(refusal) from None
    with _closing(lock):
        yield


@contextlib.contextmanager
def in_turn(name, report, waiting):
    """Holds .paidan/<name>.lock; says `waiting` and waits if another process has it."""
    lock = _open(name)
    with _closing(lock):
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            report(waiting)
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _open(name):
    STATE.mkdir(exist_ok=True)
    return os.open(STATE / f"{name}.lock", os.O_RDWR | os.O_CREAT, 0o600)


@contextlib.contextmanager
def _closing(lock):
    try:
        yield
    finally:
        os.close(lock)
