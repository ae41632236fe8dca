"""What the launcher's tests share: the import path, a deployment in a temporary folder, waiting."""

import pathlib
import socket
import sys
import tempfile
import threading
import time
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[2] / "deploy"))

from launcher import control  # noqa: E402
from launcher.layout import Layout  # noqa: E402

DUMMY = str(HERE / "dummy.py")


def wait_until(condition, what, deadline_s=20.0):
    """Looks again and again until `condition()` is true; fails by name at the limit."""
    deadline = time.monotonic() + deadline_s
    pause = threading.Event()
    while not condition():
        if time.monotonic() > deadline:
            raise AssertionError(f"not within {deadline_s} s: {what}")
        pause.wait(0.01)


def free_port():
    """A port that was free a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class DeploymentCase(unittest.TestCase):
    """A test with a deployment of dummy programs, stopped and checked at the end."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.layout = Layout("test", pathlib.Path(folder.name))
        self.layout.make()
        self.addCleanup(control.stop, self.layout)

    def process(self, name, *arguments, port=None, grace_s=10):
        """A step that runs the dummy program."""
        argv = [sys.executable, DUMMY, *arguments] + (["--port", str(port)] if port else [])
        probe = {"kind": "http", "port": port, "path": "/readyz"} if port else None
        return {"kind": "process", "name": name, "argv": argv, "cwd": "/", "probe": probe,
                "ports": {"monitor": port} if port else {}, "grace_s": grace_s,
                "log": str(self.layout.logs / f"{name}.log")}

    def start(self, *steps, deadline_s=20, with_lifeline=False):
        """Starts and waits until all is ready."""
        starter = control.start(self.layout, list(steps), with_lifeline)
        self.addCleanup(starter.popen.wait)
        self.addCleanup(control.stop, self.layout)
        self.said = []
        control.await_running(self.layout, starter, deadline_s, self.said.append)
        return starter

    def entry(self, name):
        """The record of one process, or None."""
        return next((e for e in control.processes(self.layout) if e["name"] == name), None)


def ready(deadline_s=20):
    """A step that waits for everything started so far."""
    return {"kind": "ready", "deadline_s": deadline_s}
