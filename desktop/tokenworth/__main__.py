"""Run the command line with ``python -m tokenworth``."""

from tokenworth.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
