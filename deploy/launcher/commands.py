"""One function per command of ./paidan: takes the parsed options, raises a Fault to fail."""

import json
import os
import shutil
import sys
import time

from launcher import build as compiler
from launcher import control, demonstration, locks, measure, packages, ports, records, tools
from launcher import logs as log_files
from launcher.fault import MISUSED, Fault
from launcher.layout import DEMO, ROOT, STATE, UP, deployments
from launcher.services import BINARIES, Deployment, default_ports

DISK_NEEDED_GIB = 2
START_DEADLINE_S = 240


def say(text):
    """Progress goes to standard error, results to standard output."""
    print(f"paidan: {text}", file=sys.stderr, flush=True)


def setup(_):
    """Installs what is missing."""
    with _work_lock():
        _install()
        tools.install_for_tests(say, STATE / "setup.log")
    say("everything needed is installed")


def build(options):
    """Compiles everything."""
    with _work_lock():
        compiler.run(options.preset, [], say)
    say(f"built: build/{options.preset}/bin")


def _prepare(options, targets):
    """Setup and build without a word if nothing is missing."""
    with _work_lock():
        _install()
        compiler.run(options.preset, targets, say)


def _install():
    packages.install_missing(say, STATE / "setup.log")
    tools.install_missing(say, STATE / "setup.log")


def _install_for_tests():
    """Without it every other test still runs, and the one that needs it fails and says so."""
    try:
        tools.install_for_tests(say, STATE / "setup.log")
    except Fault as fault:
        say(fault.message)


def _work_lock():
    return locks.in_turn("work", say, "another ./paidan installs or builds; waiting for it")


def _start_lock(layout):
    return locks.only_one(layout.name, f"another ./paidan is at work on this deployment "
                                       f"({layout.name}); wait for it, or stop it")


def test(options):
    """Ends as ctest, so that its summary is the last thing said."""
    _prepare(options, [])
    with _work_lock():
        _install_for_tests()
    folder = ROOT / "build" / options.preset
    argv = ["ctest", "--test-dir", str(folder), "--output-on-failure", "--no-tests=error",
            "-j", str(compiler.jobs())]
    if options.suite:
        argv += ["-L", f"^{_known_label(folder, options.suite)}$"]
    if not options.full:
        argv += ["-LE", "^full$"]
    sys.stdout.flush()
    os.execvp("ctest", argv)


def _known_label(folder, suite):
    labels = measure.labels(folder)
    if suite not in labels:
        raise Fault(f"there is no suite '{suite}'; there are: {', '.join(labels)}", MISUSED)
    return suite


def bench(options):
    """Runs the measuring programs."""
    _prepare(options, [])
    measure.run(ROOT / "build" / options.preset / "bin", options.name, STATE / "bench.json", say)


def up(options):
    """Starts a deployment and waits until all of it is ready."""
    with _start_lock(UP):
        _up(options)


def _up(options):
    control.require_idle(UP)
    overrides = ports.parse_overrides(options.port, default_ports())
    _prepare(options, [f"bin/{name}" for name in BINARIES])
    wanted = {**default_ports(), **overrides}
    deployment = Deployment(UP, options.city, "replay" if options.replay else "live", wanted,
                            options.preset)
    _require_same_city(deployment)
    _require_not_ours(wanted)
    ports.require_free(wanted)
    launch(deployment)
    say(f"running: {options.city}, {deployment.time_source} time; intake on 127.0.0.1:"
        f"{wanted['intake']}; tokens in {UP.secrets / 'tokens'}; stop with ./paidan down")


def _require_not_ours(wanted):
    """A taken port is told best by whose it is."""
    for entry in control.running(DEMO):
        for port in set(entry["ports"].values()) & set(wanted.values()):
            raise Fault(f"port {port} is used by the demo that was kept; stop it with ./paidan "
                        "down, or choose other ports with --port NAME=NUMBER")


def _require_same_city(deployment):
    before = records.read(deployment.layout.deployment)
    now = {"city": deployment.city, "time_source": deployment.time_source}
    if before and {key: before.get(key) for key in now} != now:
        raise Fault(f"the data under {deployment.layout.run} is of {before['city']} with "
                    f"{before['time_source']} time; start that again, or delete it with "
                    "./paidan down --wipe")


def launch(deployment, with_lifeline=False):
    """Starts it and waits until all of it is ready, or stops it again. Returns its Starter."""
    layout = deployment.layout
    deployment.require_binaries()
    deployment.require_pack()
    layout.make()
    compiler.require_disk(layout.base, DISK_NEEDED_GIB)
    deployment.write_config()
    records.write(layout.deployment, {
        "city": deployment.city, "time_source": deployment.time_source,
        "ports": deployment.ports, "preset": deployment.preset})
    starter = control.start(layout, deployment.steps(), with_lifeline)
    try:
        control.await_running(layout, starter, START_DEADLINE_S, say)
    except BaseException:
        control.stop(layout)
        raise
    return starter


def demo(options):
    """Its own deployment with fresh data, stopped at the end unless kept."""
    with _start_lock(DEMO):
        return _demo(options)


def _demo(options):
    control.require_idle(DEMO)
    overrides = ports.parse_overrides(options.port, default_ports())
    demonstration.require_input(options)
    _prepare(options, [f"bin/{name}" for name in BINARIES])
    shutil.rmtree(DEMO.base, ignore_errors=True)
    asked = {**default_ports(), **overrides}
    wanted = ports.choose(asked)
    if wanted != asked:
        say("some ports are taken, so others are used; ./paidan status shows them")
    deployment = Deployment(DEMO, options.city, "replay", wanted, options.preset)
    return demonstration.run(deployment, options, launch, say)


def down(options):
    """Stops every deployment of this folder."""
    stopped = []
    for layout in deployments():
        stopped += [f"{name} ({layout.name})" for name in control.stop(layout)]
        # paidanctl takes a deployment for running as long as this file is there.
        (layout.config / "paidanctl.yaml").unlink(missing_ok=True)
    if options.wipe:
        for folder in (UP.run, UP.config, UP.secrets, DEMO.base):
            shutil.rmtree(folder, ignore_errors=True)
    say("stopped " + ", ".join(stopped) if stopped else "nothing was running")
    if options.wipe:
        say("deleted its data, keys and tokens")


def status(options):
    """Prints each process of each deployment; exit status 1 if one of them is not ready."""
    entries = [entry for layout in deployments() for entry in control.status(layout, time.time())]
    if options.json:
        print(json.dumps(entries, indent=1))
    elif not entries:
        print("nothing is running; start with ./paidan up or ./paidan demo --keep")
    else:
        _print_table(entries)
    return 0 if all(entry["ready"] for entry in entries) else 1


def _print_table(entries):
    rows = [("NAME", "PID", "READY", "RESTARTS", "UPTIME", "PORTS", "DEPLOYMENT")]
    for entry in entries:
        shown = " ".join(f"{name}:{port}" for name, port in entry["ports"].items())
        rows.append((entry["name"], str(entry["pid"] or "-"), "yes" if entry["ready"] else "NO",
                     str(entry["restarts"]), f"{entry['uptime_s']:.0f} s", shown or "-",
                     entry["deployment"]))
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for row in rows:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths)).rstrip())


def logs(options):
    """Shows logs; of the running deployment, else of the last one."""
    layout = DEMO if options.demo or (control.is_locked(DEMO) and not control.is_locked(UP)) else UP
    paths = log_files.choose(layout, options.service)
    if not paths:
        raise Fault(f"there are no logs under {layout.logs} yet")
    log_files.show(paths, options.lines)
    if options.follow:
        log_files.follow(paths)
