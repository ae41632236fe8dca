"""A program to supervise: serves /readyz, dies, ignores SIGTERM or counts its starts as told."""

import argparse
import http.server
import pathlib
import signal
import sys

parser = argparse.ArgumentParser()
parser.add_argument("--port", type=int)
parser.add_argument("--exit", type=int, help="end at once with this status")
parser.add_argument("--ignore-term", action="store_true")
parser.add_argument("--say", default="")
parser.add_argument("--on-stop", help="append the name to this file when stopped")
parser.add_argument("--name", default="dummy")
options = parser.parse_args()


def stopped(*_):
    if options.on_stop:
        with pathlib.Path(options.on_stop).open("a", encoding="utf-8") as file:
            file.write(options.name + "\n")
    sys.exit(0)


class Ready(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200 if self.path == "/readyz" else 404)
        self.end_headers()

    def log_message(self, *_):
        pass


signal.signal(signal.SIGTERM, signal.SIG_IGN if options.ignore_term else stopped)
if options.say:
    print(options.say, flush=True)
if options.exit is not None:
    sys.exit(options.exit)
if options.port:
    http.server.HTTPServer(("127.0.0.1", options.port), Ready).serve_forever()
while True:
    signal.pause()
