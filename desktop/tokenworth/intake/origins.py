"""Where files come from: the tools' default places on this machine, and files read before."""

import os
import sys
from pathlib import Path

from tokenworth.domain.importer import Source
from tokenworth.domain.views import Found
from tokenworth.importers import IMPORTERS
from tokenworth.intake.finding import Candidate, Finder
from tokenworth.reading.archives import FileSource, MemberSource


def found_here() -> list[Found]:
    """Return what is found in the tools' default places, a row a tool and place."""
    rows = []
    for importer in IMPORTERS:
        finder = Finder({}, (importer.kind,))
        by_place: dict[str, list[int]] = {}
        places = [str(place) for place in importer.places(os.environ, Path.home(), sys.platform)]
        for item in finder.places(os.environ, Path.home()):
            if isinstance(item, Candidate):
                name = item.source.name
                place = next((p for p in places if name.startswith(p + os.sep)), "")
                by_place.setdefault(place, []).append(item.full_size)
        rows += [
            Found(importer.kind, importer.name, place, len(sizes), sum(sizes), importer.retention)
            for place, sizes in by_place.items()
        ]
    return rows


def open_again(path: str) -> Source:
    """Return a file read before, or a zip's member ("archive.zip!member")."""
    archive, mark, member = path.partition("!")
    if mark and not Path(path).exists() and Path(archive).is_file():
        return MemberSource(Path(archive), member)
    return FileSource(path)
