"""One supervised process: start, restart with backoff, its record, its log."""

import os
import shutil
import subprocess
import time

from launcher import identity, probe, records

BACKOFF_FIRST_S = 0.5
BACKOFF_MAX_S = 10.0
STEADY_S = 30.0  # an uptime after which the next death counts as the first one again
LOG_MAX_BYTES = 64 * 1024 * 1024
USAGE_EXIT = 2  # bad configuration: starting it again cannot help


def backoff_s(quick_deaths):
    """How long to wait before the next start: at once after the first death, then doubling."""
    if quick_deaths <= 1:
        return 0.0
    return min(BACKOFF_MAX_S, BACKOFF_FIRST_S * 2 ** (quick_deaths - 2))


class Child:
    """Owned by the supervisor's loop; not thread-safe."""

    def __init__(self, step, layout, order=0):
        self.step = step
        self.order = order  # of starting
        self.name = step["name"]
        self.layout = layout
        self.popen = None
        self.mark = None
        self.started = 0.0
        self.started_at = 0.0
        self.restarts = 0
        self.quick_deaths = 0
        self.next_start = None

    def start(self):
        """Starts the program with its output appended to its log."""
        log = os.open(self.step["log"], os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            self.popen = subprocess.Popen(
                self.step["argv"], cwd=self.step["cwd"], stdin=subprocess.DEVNULL, stdout=log,
                stderr=log, env={**os.environ, **self.step.get("env", {})})
        finally:
            os.close(log)
        self.mark = identity.start_mark(self.popen.pid)
        self.started = time.monotonic()
        self.started_at = time.time()
        self.next_start = None
        self.record()

    def record(self):
        """Writes run/<name>.json: what `status` and `down` need, also without a supervisor."""
        records.write(self.layout.run / f"{self.name}.json", {
            "name": self.name, "order": self.order,
            "pid": self.popen.pid if self.popen else None, "mark": self.mark,
            "ports": self.step.get("ports", {}), "probe": self.step.get("probe"),
            "restarts": self.restarts, "started_at": self.started_at,
            "grace_s": self.step.get("grace_s", 10), "log": self.step["log"]})

    def is_ready(self):
        """True if it runs and answers its probe."""
        return self.popen is not None and self.popen.poll() is None and \
            probe.is_ready(self.step.get("probe"))

    def died(self):
        """The exit status of a process that has ended since the last look, else None."""
        if self.popen is None:
            return None
        status = self.popen.poll()
        if status is None:
            return None
        self.popen = None
        return status

    def plan_restart(self, status):
        """After a death: decides when to start again and keeps a line about it."""
        uptime_s = time.monotonic() - self.started
        self.quick_deaths = 1 if uptime_s > STEADY_S else self.quick_deaths + 1
        wait_s = backoff_s(self.quick_deaths)
        self.next_start = time.monotonic() + wait_s
        records.append(self.layout.run / "restarts.jsonl", {
            "at": time.time(), "name": self.name, "exit": status,
            "uptime_s": round(uptime_s, 3), "wait_s": wait_s})

    def restart_if_due(self):
        """Starts it again once its waiting time is over."""
        if self.next_start is not None and time.monotonic() >= self.next_start:
            self.restarts += 1
            self.start()

    def stop(self):
        """SIGTERM, its grace, then SIGKILL; reaps it. Says in the supervisor's log how it went."""
        self.next_start = None
        if self.popen is None:
            return
        began = time.monotonic()
        self.popen.terminate()
        try:
            self.popen.wait(self.step.get("grace_s", 10))
        except subprocess.TimeoutExpired:
            self.popen.kill()
            self.popen.wait()
        print(f"{self.name} stopped after {time.monotonic() - began:.1f} s, "
              f"exit status {self.popen.returncode}", flush=True)
        self.popen = None

    def rotate_log(self, max_bytes=LOG_MAX_BYTES):
        """Keeps one older part. The process holds the file open, so it is copied, then emptied."""
        path = self.step["log"]
        if os.path.exists(path) and os.path.getsize(path) > max_bytes:
            shutil.copyfile(path, f"{path}.1")
            os.truncate(path, 0)
