"""What the scripts in derive/ write is byte for byte what lies in the packs."""

import lzma
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SHANGHAI = "tests/data/shanghai"
# Script in the city's folder, its source, where it writes to there, and what.
SCRIPTS = (
    ("boston", "derive/pack.py", "tests/data/boston311/2011-q3.csv.xz", "",
     ("taxonomy.yaml", "areas.yaml", "agencies.yaml", "responsibility.yaml")),
    ("shanghai", "derive/pack.py", SHANGHAI, "", ("areas.yaml", "agencies.yaml")),
    ("shanghai", "derive/sample/build.py", SHANGHAI, "sample", ("tickets.csv", "events.csv.xz")),
)


def content(path):
    """Packed files are compared by what they hold: packers differ."""
    data = path.read_bytes()
    return lzma.decompress(data) if path.suffix == ".xz" else data


def differing(city, script, source, where, files):
    folder = ROOT / "deploy" / "cities" / city
    with tempfile.TemporaryDirectory() as target:
        subprocess.run([sys.executable, "-B", folder / script, ROOT / source, target], check=True)
        for name in files:
            if content(Path(target) / name) != content(folder / where / name):
                yield f"{city}/{name}: run {script} (see derive/README.md)"


def main():
    errors = [error for script in SCRIPTS for error in differing(*script)]
    print("\n".join(errors) or "every derived file is up to date")
    return 1 if errors else 0


if __name__ == "__main__":
    sys.exit(main())
