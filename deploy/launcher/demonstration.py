"""The demo's middle part: input, replay by paidanctl, Ctrl-C, and what is said at the end."""

import contextlib
import signal
import subprocess
from pathlib import Path

from launcher import control
from launcher.fault import MISUSED, Fault
from launcher.layout import ROOT, binary

REPLAY_GRACE_S = 10


def require_input(options):
    """Refuses a file that cannot be read before anything is built or started."""
    if options.input and not Path(options.input).is_file():
        raise Fault(f"--input {options.input}: there is no such file", MISUSED)


def replay_command(deployment, options):
    """The command line of the replay; addresses and tokens come from its configuration."""
    argv = [str(binary(deployment.preset, "paidanctl")), "--config",
            str(deployment.layout.config / "paidanctl.yaml"), "replay", "--city", deployment.city]
    if options.input:
        argv += ["--input", str(Path(options.input).resolve())]
    if options.limit:
        argv += ["--limit", str(options.limit)]
    if options.report:
        argv += ["--report", str(Path(options.report).resolve())]
    return argv


def run(deployment, options, launch, say):
    """Starts, replays, and stops unless it is to be kept. Returns the replay's exit status."""
    layout = deployment.layout
    with _terminated_like_interrupted():
        try:
            starter = launch(deployment, with_lifeline=True)
            say(f"replaying {deployment.city} through intake on "
                f"127.0.0.1:{deployment.ports['intake']}")
            status = _replay(replay_command(deployment, options))
        except BaseException:
            with _undisturbed():
                if control.is_locked(layout):
                    say("stopping")
                control.stop(layout)
            raise
        with _undisturbed():
            if options.keep:
                starter.let_live()
                _say_where_to_look(deployment, say)
            else:
                control.stop(layout)
                say(f"stopped; its logs are in {layout.logs}; to look around afterwards: "
                    "./paidan demo --keep")
        return status


def _replay(argv):
    replay = subprocess.Popen(argv, cwd=ROOT, stdin=subprocess.DEVNULL)
    try:
        return replay.wait()
    except BaseException:
        with _undisturbed():
            replay.send_signal(signal.SIGINT)
            try:
                replay.wait(REPLAY_GRACE_S)
            except subprocess.TimeoutExpired:
                replay.kill()
                replay.wait()
        raise


def _say_where_to_look(deployment, say):
    port = deployment.ports
    say("still running; where to look:")
    for line in (
            "processes    ./paidan status",
            "logs         ./paidan logs dispatch",
            f"metrics      http://127.0.0.1:{port['sla_monitor.monitor']}/metrics (sla_monitor)",
            f"intake       gRPC on 127.0.0.1:{port['intake']}",
            f"dispatch     gRPC on 127.0.0.1:{port['dispatch']}",
            f"tokens       {deployment.layout.secrets / 'tokens'}",
            f"any topic    build/{deployment.preset}/bin/paidanctl --config "
            f"{deployment.layout.config / 'paidanctl.yaml'} tail lifecycle --from beginning",
            "stop         ./paidan down"):
        say(f"  {line}")


@contextlib.contextmanager
def _terminated_like_interrupted():
    """A closed terminal or a SIGTERM must stop the deployment too."""
    def interrupt(*_):
        raise KeyboardInterrupt

    before = {sig: signal.signal(sig, interrupt) for sig in (signal.SIGTERM, signal.SIGHUP)}
    try:
        yield
    finally:
        for sig, handler in before.items():
            signal.signal(sig, handler)


@contextlib.contextmanager
def _undisturbed():
    """A second Ctrl-C does not leave half a deployment behind."""
    signals = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = {sig: signal.signal(sig, signal.SIG_IGN) for sig in signals}
    try:
        yield
    finally:
        for sig, handler in before.items():
            signal.signal(sig, handler)
