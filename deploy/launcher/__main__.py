"""Entry point: `python3 deploy/launcher/__main__.py COMMAND`; ./paidan calls it."""

import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))

from launcher import cli  # noqa: E402  (the path must be set first)

if __name__ == "__main__":
    sys.exit(cli.main(sys.argv[1:]))
