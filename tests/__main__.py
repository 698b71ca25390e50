"""Run the tests from a checkout: ``python3 tests [ARGUMENTS OF pytest]``, paths as seen from it."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "desktop"))

import launch  # noqa: E402 - found by the line above

if __name__ == "__main__":
    python = launch.prepare("tests")
    os.chdir(ROOT)
    raise SystemExit(launch.run(python, ["-m", "pytest", *sys.argv[1:]]))
