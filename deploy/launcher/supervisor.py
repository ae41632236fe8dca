"""The detached process that starts a deployment's steps in order and keeps its processes running.

Run as `python3 -m launcher.supervisor BASE NAME [LIFELINE_FD]`. It ends, with all its children, on
SIGTERM, or when the lifeline (the read end of a pipe that its starter holds) closes before the
starter has written to it: a demo that is killed leaves nothing running.
"""

import fcntl
import os
import resource
import select
import signal
import subprocess
import sys
import time

from launcher import identity, records
from launcher.child import USAGE_EXIT, Child
from launcher.fault import Fault
from launcher.layout import Layout
from launcher.logs import tail

TICK_S = 0.25
ROTATE_EVERY_S = 10.0
START_ATTEMPTS = 3  # deaths of one process before the first readiness that end the start


class Stopped(Exception):
    """Asked to stop while still starting."""


class Supervisor:
    """Single-threaded: one loop woken by signals, the lifeline and a tick."""

    def __init__(self, layout, lifeline=None):
        self.layout = layout
        self.lifeline = lifeline
        self.children = []
        self.stopping = False
        self.next_rotation = 0.0
        self.wake_read, self.wake_write = os.pipe()
        for fd in (self.wake_read, self.wake_write):
            os.set_blocking(fd, False)

    def run(self):
        """Start, supervise, stop. Returns the exit status."""
        self._install_signals()
        try:
            self._report("starting")
            self._start_all(records.read(self.layout.plan)["steps"])
            self._report("running")
            while not self.stopping:
                self._tick()
        except Stopped:
            pass
        except Fault as fault:
            self._stop_all()
            self._report("failed", fault.message, fault.detail)
            return 1
        self._report("stopping")
        self._stop_all()
        self._report("stopped")
        return 0

    def _install_signals(self):
        signal.set_wakeup_fd(self.wake_write, warn_on_full_buffer=False)
        for sig in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(sig, self._on_stop)
        signal.signal(signal.SIGCHLD, lambda *_: None)  # only to wake the loop

    def _on_stop(self, *_):
        self.stopping = True

    def _report(self, phase, message="", detail=""):
        pid = os.getpid()
        records.write(self.layout.run / "supervisor.json", {
            "pid": pid, "mark": identity.start_mark(pid), "phase": phase,
            "message": message, "detail": detail})

    def _start_all(self, steps):
        for step in steps:
            {"process": self._start_process, "ready": self._await_ready,
             "command": self._run_command}[step["kind"]](step)

    def _start_process(self, step):
        child = Child(step, self.layout, len(self.children))
        try:
            child.start()
        except OSError as error:
            raise Fault(f"{child.name} cannot be started: {error}") from error
        self.children.append(child)

    def _await_ready(self, step):
        deadline = time.monotonic() + step["deadline_s"]
        waiting = list(self.children)
        while True:
            waiting = [child for child in waiting if not child.is_ready()]
            if not waiting:
                return
            if time.monotonic() > deadline:
                raise Fault(f"{waiting[0].name} was not ready within {step['deadline_s']} s; "
                            f"see {waiting[0].step['log']}", detail=tail(waiting[0].step["log"]))
            self._report("starting", "waiting for " + ", ".join(child.name for child in waiting))
            self._tick(waiting, timeout_s=0.05)

    def _run_command(self, step):
        for attempt in range(step.get("attempts", 1)):
            if attempt:
                self._tick(timeout_s=1.0)
            status = self._finish_command(step)
            if status == 0:
                return
        raise Fault(f"{step['name']} failed with exit status {status}; see {step['log']}",
                    detail=tail(step["log"]))

    def _finish_command(self, step):
        self._report("starting", step["name"])
        deadline = time.monotonic() + step["deadline_s"]
        try:
            with open(step["log"], "ab") as log:
                command = subprocess.Popen(step["argv"], cwd=step["cwd"], stdout=log, stderr=log,
                                           stdin=subprocess.DEVNULL)
        except OSError as error:
            raise Fault(f"{step['name']} cannot be started: {error}") from error
        try:
            while command.poll() is None:
                if time.monotonic() > deadline:
                    raise Fault(f"{step['name']} took longer than {step['deadline_s']} s; "
                                f"see {step['log']}", detail=tail(step["log"]))
                self._tick(timeout_s=0.05)
            return command.returncode
        finally:
            if command.poll() is None:
                command.kill()
                command.wait()

    def _tick(self, starting=(), timeout_s=TICK_S):
        self._sleep(timeout_s)
        if self.stopping:
            raise Stopped
        for child in self.children:
            status = child.died()
            if status is not None:
                child.plan_restart(status)
                self._check_start(child, status, child in starting)
            child.restart_if_due()
        if time.monotonic() > self.next_rotation:
            self.next_rotation = time.monotonic() + ROTATE_EVERY_S
            for child in self.children:
                child.rotate_log()

    def _check_start(self, child, status, starting):
        if starting and (status == USAGE_EXIT or child.quick_deaths >= START_ATTEMPTS):
            raise Fault(f"{child.name} does not start (exit status {status}); "
                        f"see {child.step['log']}", detail=tail(child.step["log"]))

    def _sleep(self, timeout_s):
        pending = [child.next_start for child in self.children if child.next_start is not None]
        if pending:
            timeout_s = max(0.0, min(timeout_s, min(pending) - time.monotonic()))
        watched = [self.wake_read] + ([self.lifeline] if self.lifeline is not None else [])
        ready = select.select(watched, [], [], timeout_s)[0]
        if self.wake_read in ready:
            os.read(self.wake_read, 4096)
        if self.lifeline in ready:
            self.stopping = self.stopping or not os.read(self.lifeline, 1)
            os.close(self.lifeline)
            self.lifeline = None

    def _stop_all(self):
        for child in reversed(self.children):
            child.stop()
            (self.layout.run / f"{child.name}.json").unlink(missing_ok=True)


def main(base, name, lifeline=None):
    """Takes the deployment's lock for life, then supervises."""
    layout = Layout(name, base)
    os.umask(0o077)
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    lock = os.open(layout.lock, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return 1
    return Supervisor(layout, None if lifeline is None else int(lifeline)).run()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
