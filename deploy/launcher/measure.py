"""`./paidan bench`: runs the programs of tests/bench and gathers their numbers."""

import json
import os
import platform
import re
import subprocess
import tempfile
import time

from launcher import records
from launcher.fault import MISUSED, Fault
from launcher.layout import ROOT

NAME = re.compile(r"bench_\w+|\w+_bench")


def labels(folder):
    """The test labels of a build folder."""
    shown = subprocess.run(["ctest", "--test-dir", str(folder), "--print-labels"], check=False,
                           stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    return [line.strip() for line in shown.stdout.splitlines()[1:]
            if line.startswith("  ")]


def programs(folder, part):
    """The benchmark programs of a build, by name."""
    found = sorted(path for path in folder.glob("*bench*")
                   if NAME.fullmatch(path.name) and os.access(path, os.X_OK))
    chosen = [path for path in found if part is None or part in path.name]
    if not chosen:
        names = ", ".join(path.name for path in found) or "none"
        raise Fault(f"no benchmark matches '{part}'; there are: {names}", MISUSED)
    return chosen


def run(folder, part, report_path, say):
    """Runs them one after another, prints a table, writes the report."""
    results = []
    for program in programs(folder, part):
        say(f"running {program.name}")
        results += _measure(program)
    _print_table(results)
    records.write(report_path, {
        "at": time.strftime("%Y-%m-%dT%H:%M:%S%z"), "processors": os.cpu_count(),
        "machine": platform.machine(), "kernel": platform.release(), "results": results}, 0o644)
    say(f"written: {report_path}")


def _measure(program):
    """Google benchmark's JSON; a program that measures a pipeline writes the same form."""
    with tempfile.NamedTemporaryFile(suffix=".json") as out:
        done = subprocess.run([str(program), f"--benchmark_out={out.name}",
                               "--benchmark_out_format=json"], cwd=ROOT, check=False,
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, text=True, errors="replace")
        if done.returncode != 0:
            raise Fault(f"{program.name} failed with exit status {done.returncode}",
                        detail=done.stdout[-2000:])
        measured = json.loads(out.read() or b"{}").get("benchmarks", [])
    return [{"program": program.name, **_essentials(entry)} for entry in measured]


def _essentials(entry):
    known = {"name", "real_time", "cpu_time", "time_unit"}
    noise = {"family_index", "per_family_instance_index", "run_name", "run_type", "repetitions",
             "repetition_index", "threads", "iterations", "aggregate_name", "aggregate_unit"}
    counters = {key: value for key, value in entry.items() if key not in known | noise}
    return {"name": entry["name"], "real_time": entry.get("real_time"),
            "cpu_time": entry.get("cpu_time"), "unit": entry.get("time_unit"),
            "counters": counters}


def _print_table(results):
    for result in results:
        counters = "  ".join(f"{key} {value:,.6g}" if isinstance(value, (int, float))
                             else f"{key} {value}" for key, value in result["counters"].items())
        print(f"{result['name']:<60} {result['real_time'] or 0:>14,.1f} {result['unit'] or ''}"
              f"  {counters}".rstrip())
