"""Where the command begins: before anything is imported that takes time, an interruption ends it in words."""

import sys

INTERRUPTED = 130


def main() -> None:
    """Run the command line and exit with its code. No traceback ever reaches the user."""
    try:
        from oqsgen.cli.program import run

        code = run()
    except KeyboardInterrupt:
        code = INTERRUPTED
    sys.exit(code)
