"""What the scripts in derive/ write is byte for byte what lies in the packs."""

import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CITIES = {
    "boston": (
        "tests/data/boston311/2011-q3.csv.xz",
        ("taxonomy.yaml", "areas.yaml", "agencies.yaml", "responsibility.yaml"),
    ),
    "shanghai": ("tests/data/shanghai", ("areas.yaml", "agencies.yaml")),
}


def differing(city):
    source, files = CITIES[city]
    folder = ROOT / "deploy" / "cities" / city
    with tempfile.TemporaryDirectory() as target:
        script = folder / "derive" / "pack.py"
        subprocess.run([sys.executable, "-B", script, ROOT / source, target], check=True)
        for name in files:
            if (Path(target) / name).read_bytes() != (folder / name).read_bytes():
                yield f"{city}/{name}: run derive/pack.py (see derive/README.md)"


def main():
    errors = [error for city in CITIES for error in differing(city)]
    print("\n".join(errors) or "every derived file is up to date")
    return 1 if errors else 0


if __name__ == "__main__":
    sys.exit(main())
