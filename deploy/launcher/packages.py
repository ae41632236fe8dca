"""Debian packages: what deploy/setup/packages.txt asks for and dpkg does not have."""

import contextlib
import os
import pathlib
import shutil
import subprocess

from launcher.fault import Fault
from launcher.layout import DEPLOY

LIST = DEPLOY / "setup" / "packages.txt"
POLICY = pathlib.Path("/usr/sbin/policy-rc.d")


def parse(text):
    """The text of the list -> [(package, command or None)]."""
    wanted = []
    for line in text.splitlines():
        words = line.partition("#")[0].split()
        if not words:
            continue
        command = None
        if len(words) == 2 and words[1].startswith("command="):
            command = words[1].removeprefix("command=")
        elif len(words) != 1:
            raise Fault(f"{LIST}: cannot read the line: {line}")
        wanted.append((words[0], command))
    return wanted


def missing():
    """The names of the packages to install now."""
    wanted = parse(LIST.read_text())
    names = [name for name, command in wanted if command is None or not shutil.which(command)]
    return [name for name in names if name not in _installed(names)]


def _installed(names):
    shown = subprocess.run(
        ["dpkg-query", "-W", "-f", "${Package} ${db:Status-Abbrev}\n", *names],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, check=False)
    rows = (line.split() for line in shown.stdout.splitlines())
    return {row[0] for row in rows if len(row) > 1 and row[1] == "ii"}


def install_missing(report, log):
    """Installs what is missing. Needs root for it; otherwise says the command to run."""
    if not shutil.which("dpkg-query"):
        raise Fault("this is not a Debian system; install what deploy/setup/packages.txt lists, "
                    "then run ./paidan build")
    names = missing()
    if not names:
        return
    if os.getuid() != 0:
        raise Fault("packages are missing; run: sudo apt-get update && sudo apt-get install -y "
                    "--no-install-recommends " + " ".join(names))
    report(f"installing {len(names)} Debian packages")
    with _no_service_starts():
        _apt(["update"], log)
        _apt(["install", "-y", "--no-install-recommends", *names], log)
    left = missing()
    if left:
        raise Fault(f"still missing after the installation: {' '.join(left)}; see {log}")


def _apt(arguments, log):
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C.UTF-8"}
    with open(log, "ab") as out:
        done = subprocess.run(["apt-get", "-q", "-o", "DPkg::Lock::Timeout=300", *arguments],
                              env=environment, stdin=subprocess.DEVNULL, stdout=out, stderr=out,
                              check=False)
    if done.returncode != 0:
        raise Fault(f"apt-get {arguments[0]} failed; check the network and /etc/apt, then try "
                    f"again; see {log}", detail=_errors(log))


def _errors(log):
    lines = pathlib.Path(log).read_text(errors="replace").splitlines()
    return "\n".join([line for line in lines if line.startswith(("E:", "W:", "Err:"))][-6:])


@contextlib.contextmanager
def _no_service_starts():
    """Packages of servers start them when installed; a policy file forbids it for that time."""
    if POLICY.exists():
        yield
        return
    POLICY.write_text("#!/bin/sh\n# ./paidan setup put this here while it installs.\nexit 101\n")
    POLICY.chmod(0o755)
    try:
        yield
    finally:
        POLICY.unlink(missing_ok=True)
