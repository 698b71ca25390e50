"""`tags`: everything said, on its way to another store and back."""

import argparse
import sys

from tokenworth.cli.opening import opened
from tokenworth.cli.output import say, say_json
from tokenworth.cli.statuses import DONE


def tags(options: argparse.Namespace) -> int:
    """Write all answers to a file, or take over those of one."""
    with opened(options) as library:
        if options.way == "export":
            library.export_answers(options.file)
            sys.stderr.write(f"Written: {options.file}\n")
            return DONE
        moved = library.import_answers(options.file, dry_run=options.dry_run)
    if options.json:
        say_json(moved)
        return DONE
    verb = "would be taken over" if options.dry_run else "taken over"
    said = [f"{moved.answers} answers {verb}, {moved.known} were there already"]
    if moved.unknown_sessions:
        said.append(f"{moved.unknown_sessions} sessions are not in this store yet; kept for them")
    said.append("who was asked came along" if moved.draws else "who was asked stays this store's")
    if moved.continued:
        said.append("the chain of answers was continued behind this store's own")
    say("; ".join(said) + ".")
    return DONE
