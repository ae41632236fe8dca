"""The command line of ./paidan: what there is, and how a fault reaches the user."""

import argparse
import sys

from launcher import commands
from launcher.fault import MISUSED, Fault

CITIES = ("boston", "shanghai")
EPILOG = """\
first steps:
  ./paidan demo                   install, build, replay a city's quarter, print the verdict table
  ./paidan test                   install, build, run every test
exit status: 0 done, 1 failed, 2 asked for wrongly, 130 interrupted
"""


def main(arguments):
    """Runs one command; returns the exit status."""
    options = parser().parse_args(arguments)
    try:
        return options.run(options) or 0
    except Fault as fault:
        if fault.detail:
            print(fault.detail.rstrip(), file=sys.stderr)
        print(f"paidan: {fault.message}", file=sys.stderr)
        return fault.code
    except KeyboardInterrupt:
        print("paidan: interrupted", file=sys.stderr)
        return 130
    except BrokenPipeError:
        sys.stderr.close()  # the reader of our output has gone, e.g. `| head`
        return 0


def parser():
    """The whole command line."""
    top = argparse.ArgumentParser(
        prog="./paidan", epilog=EPILOG, formatter_class=argparse.RawDescriptionHelpFormatter,
        description="paidan (派单) on one machine: sets up, builds, demonstrates, tests, runs.")
    sub = top.add_subparsers(title="commands", metavar="COMMAND", required=True)
    _work(sub)
    _deployment(sub)
    return top


def _add(sub, name, run, text):
    command = sub.add_parser(name, help=text, description=text)
    command.set_defaults(run=run)
    return command


def _preset(command):
    command.add_argument("--preset", default="release", metavar="NAME",
                         help="CMake preset whose build is used (default: release)")


def _city(command):
    command.add_argument("--city", default=CITIES[0], metavar="PACK",
                         help=f"city pack: {', '.join(CITIES)} or a path (default: {CITIES[0]})")


def _work(sub):
    _add(sub, "setup", commands.setup, "install missing Debian packages, Kafka's jars, buf "
         "and what tests compare with")
    build = _add(sub, "build", commands.build, "compile everything")
    _preset(build)
    demo = _add(sub, "demo", commands.demo,
                "replay a city's real cases through all services and print the verdict table")
    _city(demo)
    demo.add_argument("--input", metavar="FILE", help=".csv or .csv.xz; default: the city's sample")
    demo.add_argument("--limit", type=_positive, metavar="N", help="replay the first N cases only")
    demo.add_argument("--report", metavar="FILE.json", help="also write the verdict as JSON")
    demo.add_argument("--keep", action="store_true", help="leave the deployment running afterwards")
    _preset(demo)
    _ports(demo)
    test = _add(sub, "test", commands.test, "install, build and run the tests")
    test.add_argument("suite", nargs="?", help="one label, e.g. unit, tidy, integration")
    test.add_argument("--full", action="store_true", help="the long ones too")
    _preset(test)
    bench = _add(sub, "bench", commands.bench, "measure; prints a table, writes .paidan/bench.json")
    bench.add_argument("name", nargs="?", help="only programs whose name contains this")
    bench.add_argument("--preset", default="release", help=argparse.SUPPRESS)


def _deployment(sub):
    up = _add(sub, "up", commands.up, "start Kafka, Redis and all services, and watch over them")
    _city(up)
    up.add_argument("--replay", action="store_true", help="time comes from the replayed records")
    _preset(up)
    _ports(up)
    down = _add(sub, "down", commands.down, "stop everything that up or a kept demo started")
    down.add_argument("--wipe", action="store_true",
                      help="also delete its data, keys and tokens: every ticket is gone")
    status = _add(sub, "status", commands.status, "list the processes")
    status.add_argument("--json", action="store_true", help="as a JSON list")
    logs = _add(sub, "logs", commands.logs, "show the logs")
    logs.add_argument("service", nargs="?", help="one of them, e.g. dispatch, kafka, supervisor")
    logs.add_argument("-f", "--follow", action="store_true", help="and what is added")
    logs.add_argument("-n", "--lines", type=_positive, default=20, help="how many (default: 20)")
    logs.add_argument("--demo", action="store_true", help="those of the demo")


def _ports(command):
    command.add_argument("--port", action="append", default=[], metavar="NAME=NUMBER",
                         help="another port, e.g. intake=7101, intake.monitor=9201, kafka=29092")


def _positive(text):
    if not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"'{text}' is not a number above 0")
    return int(text)


assert MISUSED == 2  # argparse's own exit status for a wrong command line
