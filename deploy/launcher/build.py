"""Configuring and compiling with the CMake presets, quietly, with progress."""

import hashlib
import os
import re
import shutil
import subprocess
import sys

from launcher.fault import Fault
from launcher.layout import ROOT, STATE

MEMORY_PER_JOB_KB = 1_500_000
DISK_NEEDED_GIB = 4
_STEP = re.compile(r"^\[(\d+)/(\d+)\] ")


def jobs():
    """As many compilers as there are processors, if memory allows."""
    with open("/proc/meminfo", encoding="ascii") as file:
        facts = dict(line.split(":") for line in file)
    available_kb = int(facts["MemAvailable"].split()[0])
    return max(1, min(os.cpu_count() or 1, available_kb // MEMORY_PER_JOB_KB))


def require_disk(path, gib):
    """One clear line instead of a compiler's or broker's complaint later."""
    free = shutil.disk_usage(path).free / 2**30
    if free < gib:
        raise Fault(f"{gib} GiB of disk are needed under {path}, {free:.1f} are free; make room")


def run(preset, targets, report):
    """Builds `targets` (all if empty) with `preset`."""
    require_disk(ROOT, DISK_NEEDED_GIB)
    STATE.mkdir(exist_ok=True)
    log = STATE / "build.log"
    folder = ROOT / "build" / preset
    if not _is_configured(folder):
        report(f"configuring build/{preset}")
        _configure(preset, folder, log)
    argv = ["cmake", "--build", str(folder), "-j", str(jobs())]
    if targets:
        argv += ["--target", *targets]
    _compile(argv, log, report)


def _presets_hash():
    return hashlib.sha256((ROOT / "CMakePresets.json").read_bytes()).hexdigest()


def _is_configured(folder):
    stamp = folder / "presets.sha256"
    return (folder / "build.ninja").exists() and stamp.exists() \
        and stamp.read_text() == _presets_hash()


def _configure(preset, folder, log):
    with open(log, "wb") as out:
        done = subprocess.run(["cmake", "--preset", preset], cwd=ROOT, stdout=out, stderr=out,
                              stdin=subprocess.DEVNULL, check=False)
    if done.returncode != 0:
        raise Fault(f"cmake --preset {preset} failed; see {log}",
                    detail=log.read_text(errors="replace")[-4000:])
    (folder / "presets.sha256").write_text(_presets_hash())


def _compile(argv, log, report):
    progress = Progress(report)
    kept = []
    with open(log, "ab") as out, subprocess.Popen(
            argv, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, env={**os.environ, "NINJA_STATUS": "[%f/%t] "}) as process:
        for raw in process.stdout:
            out.write(raw)
            line = raw.decode(errors="replace")
            if _STEP.match(line):
                progress.step(line)
            else:
                kept.append(line)
    progress.end()
    if process.returncode != 0:
        raise Fault(f"the build failed; see {log}", detail="".join(kept)[-6000:])


class Progress:
    """`[12/340] file`: one line that is rewritten on a terminal, else one line per tenth."""

    def __init__(self, report):
        self.report = report
        self.terminal = sys.stderr.isatty()
        self.tenth = 0
        self.shown = False

    def step(self, line):
        done, total = map(int, _STEP.match(line).groups())
        if self.terminal:
            text = line.strip()[:shutil.get_terminal_size().columns - 1]
            sys.stderr.write(f"\r\x1b[K{text}")
            sys.stderr.flush()
            self.shown = True
        elif total >= 20 and done * 10 // total > self.tenth:
            self.tenth = done * 10 // total
            self.report(f"building: {done} of {total} steps")

    def end(self):
        if self.shown:
            sys.stderr.write("\r\x1b[K")
