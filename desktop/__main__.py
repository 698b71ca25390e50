"""Run the app from a checkout: ``python3 desktop [ARGUMENTS OF tokenworth]``."""

import sys

import launch

if __name__ == "__main__":
    raise SystemExit(launch.run(launch.prepare("app"), ["-m", "tokenworth", *sys.argv[1:]]))
