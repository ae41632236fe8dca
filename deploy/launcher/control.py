"""Starting, watching and stopping a deployment's supervisor from the outside."""

import fcntl
import os
import pathlib
import subprocess
import sys
import time

from launcher import identity, probe, records
from launcher.fault import Fault

STOP_MARGIN_S = 5.0


class Starter:
    """What the caller of `start` holds: its child, the supervisor, and the lifeline's write end."""

    def __init__(self, popen, lifeline):
        self.popen = popen
        self.lifeline = lifeline

    def let_live(self):
        """From now on the deployment outlives the caller."""
        if self.lifeline is not None:
            os.write(self.lifeline, b"k")
            os.close(self.lifeline)
            self.lifeline = None


def is_locked(layout):
    """True while a supervisor of this deployment lives."""
    try:
        lock = os.open(layout.lock, os.O_RDWR)
    except OSError:
        return False
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return False
    except OSError:
        return True
    finally:
        os.close(lock)


def processes(layout):
    """The records of this deployment's processes, in starting order."""
    found = [records.read(path) for path in layout.run.glob("*.json")]
    found = [entry for entry in found if isinstance(entry, dict) and "restarts" in entry]
    return sorted(found, key=lambda entry: entry["order"])


def running(layout):
    """The records of those that still live."""
    return [entry for entry in processes(layout) if identity.is_alive(entry["pid"], entry["mark"])]


def require_idle(layout):
    """Refuses to start beside a running deployment or its remains."""
    if is_locked(layout):
        raise Fault(f"this deployment ({layout.name}) is already running; "
                    "see ./paidan status, stop it with ./paidan down")
    left = running(layout)
    if left:
        names = ", ".join(f"{entry['name']} (pid {entry['pid']})" for entry in left)
        raise Fault(f"still running without a supervisor: {names}; stop them with ./paidan down")


def start(layout, steps, with_lifeline=False):
    """Starts the supervisor, detached; returns a Starter."""
    records.write(layout.plan, {"steps": steps})
    (layout.run / "supervisor.json").unlink(missing_ok=True)
    argv = [sys.executable, "-m", "launcher.supervisor", str(layout.base), layout.name]
    read_end = write_end = None
    if with_lifeline:
        read_end, write_end = os.pipe()
        argv.append(str(read_end))
    environment = {**os.environ, "PYTHONPATH": str(pathlib.Path(__file__).resolve().parents[1])}
    with open(layout.logs / "supervisor.log", "ab") as log:
        popen = subprocess.Popen(
            argv, stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd="/",
            env=environment, start_new_session=True,
            pass_fds=[] if read_end is None else [read_end])
    if read_end is not None:
        os.close(read_end)
    return Starter(popen, write_end)


def await_running(layout, starter, deadline_s, report):
    """Waits until every step is done; `report(text)` hears about progress. Raises a Fault."""
    deadline = time.monotonic() + deadline_s
    said = None
    while time.monotonic() < deadline:
        state = records.read(layout.run / "supervisor.json", {})
        phase = state.get("phase")
        if phase == "running":
            return
        if phase in ("failed", "stopped"):
            raise Fault(state.get("message") or "the deployment was stopped while it started",
                        detail=state.get("detail", ""))
        if starter.popen.poll() is not None:
            raise Fault(f"the supervisor ended unexpectedly; see {layout.logs / 'supervisor.log'}")
        if state.get("message") and state["message"] != said:
            said = state["message"]
            report(said)
        time.sleep(0.05)
    raise Fault(f"not everything was ready within {deadline_s} s; see ./paidan logs")


def stop(layout):
    """Stops the supervisor and whatever it left, in reverse order. Returns the names stopped."""
    found = running(layout)
    state = records.read(layout.run / "supervisor.json", {})
    if state and identity.is_alive(state.get("pid"), state.get("mark")):
        grace_s = sum(entry["grace_s"] for entry in found) + STOP_MARGIN_S
        identity.stop(state["pid"], state["mark"], grace_s)
    for entry in reversed(running(layout)):
        identity.stop(entry["pid"], entry["mark"], entry["grace_s"])
    left = running(layout)
    if left:
        raise Fault("could not stop " + ", ".join(f"{e['name']} (pid {e['pid']})" for e in left))
    for entry in processes(layout):
        (layout.run / f"{entry['name']}.json").unlink(missing_ok=True)
    return [entry["name"] for entry in found]


def status(layout, now):
    """One entry per process: what `./paidan status --json` prints."""
    entries = []
    for entry in processes(layout):
        alive = identity.is_alive(entry["pid"], entry["mark"])
        entries.append({
            "name": entry["name"], "pid": entry["pid"] if alive else None, "ports": entry["ports"],
            "ready": alive and probe.is_ready(entry["probe"]), "restarts": entry["restarts"],
            "uptime_s": round(now - entry["started_at"], 1) if alive else 0.0,
            "deployment": layout.name})
    return entries
