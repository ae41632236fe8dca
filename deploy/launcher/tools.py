"""What Debian does not have: Kafka's jars from Maven Central, buf from npm, and what only tests
need, from PyPI. All under .paidan/."""

import hashlib
import shutil
import subprocess
import sys

from launcher.fault import Fault
from launcher.layout import DEPLOY, KAFKA_LIBS, ROOT, TOOLS

BUF_VERSION = "1.75.0"
BUF = TOOLS / "node_modules" / ".bin" / "buf"
POM = DEPLOY / "kafka" / "pom.xml"
PYTHON = TOOLS / "python"
REQUIREMENTS = DEPLOY / "setup" / "requirements.txt"


def install_missing(report, log):
    """Fetches what is missing or older than what the project names."""
    _kafka(report, log)
    _buf(report, log)


def install_for_tests(report, log):
    """The calendars of others, in a virtual environment of their own."""
    stamp = PYTHON / "requirements.sha256"
    wanted = hashlib.sha256(REQUIREMENTS.read_bytes()).hexdigest()
    if stamp.exists() and stamp.read_text() == wanted:
        return
    report("fetching what tests compare with from PyPI")
    _run([sys.executable, "-m", "venv", "--clear", str(PYTHON)], log, "PyPI")
    _run([str(PYTHON / "bin" / "python"), "-m", "pip", "install", "--quiet", "--no-deps",
          "--disable-pip-version-check", "-r", str(REQUIREMENTS)], log, "PyPI")
    stamp.write_text(wanted)


def _kafka(report, log):
    stamp = KAFKA_LIBS.parent / "pom.sha256"
    wanted = hashlib.sha256(POM.read_bytes()).hexdigest()
    if stamp.exists() and stamp.read_text() == wanted and any(KAFKA_LIBS.glob("kafka_*.jar")):
        return
    report("fetching Kafka's jars from Maven Central")
    fetched = KAFKA_LIBS.parent / "libs.new"
    shutil.rmtree(fetched, ignore_errors=True)
    _run(["mvn", "-B", "-q", "-f", str(POM), "dependency:copy-dependencies",
          "-DincludeScope=runtime", f"-DoutputDirectory={fetched}"], log, "Maven Central")
    shutil.rmtree(KAFKA_LIBS, ignore_errors=True)
    fetched.rename(KAFKA_LIBS)
    stamp.write_text(wanted)


def _buf(report, log):
    package = TOOLS / "node_modules" / "@bufbuild" / "buf" / "package.json"
    if BUF.exists() and f'"version": "{BUF_VERSION}"' in package.read_text():
        return
    report(f"fetching buf {BUF_VERSION} from npm")
    TOOLS.mkdir(parents=True, exist_ok=True)
    _run(["npm", "install", "--silent", "--no-fund", "--no-audit", "--no-save", "--prefix",
          str(TOOLS), f"@bufbuild/buf@{BUF_VERSION}"], log, "the npm registry")


def _run(argv, log, source):
    if not shutil.which(argv[0]):
        raise Fault(f"{argv[0]} is missing; run ./paidan setup")
    with open(log, "ab") as out:
        start = out.tell()
        done = subprocess.run(argv, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=out, stderr=out,
                              check=False)
    if done.returncode != 0:
        with open(log, "rb") as file:
            file.seek(start)
            lines = file.read().decode(errors="replace").strip().splitlines()
        raise Fault(f"could not fetch from {source}; check the network, then try again; see {log}",
                    detail="\n".join(lines[:4]))
