"""Where the command begins: from the first import on an interruption ends it without a traceback."""

import os
import sys

INTERRUPTED = 130


def main() -> None:
    """Run the command line and exit with its code. No traceback ever reaches the user."""
    try:
        from oqsgen.cli.program import run

        code = run()
    except KeyboardInterrupt:
        code = INTERRUPTED
    if code == INTERRUPTED:
        # Threads that wait for a server would be waited for.
        for stream in (sys.stdout, sys.stderr):
            if stream:
                stream.flush()
        os._exit(code)
    sys.exit(code)
