"""Working folders become projects: a repository, with its worktrees folded into it."""

import re
from functools import lru_cache
from pathlib import Path

WORKTREE = re.compile(r"^(?P<root>.+?)[/\\]\.(?:claude|codex|cursor)[/\\]worktrees[/\\][^/\\]+")
TOOL_WORKTREE = re.compile(
    r"[/\\]\.(?:codex|cursor)[/\\]worktrees[/\\][^/\\]+[/\\](?P<name>[^/\\]+)"
)
GITDIR = re.compile(r"^gitdir: (?P<root>.+)[/\\]\.git[/\\]worktrees[/\\][^/\\]+\s*$")


@lru_cache(maxsize=4096)
def project_of(folder: str) -> tuple[str, str]:
    """Return (path, shown name) of the project a working folder belongs to; ("", "") for none.

    A folder on this disk is followed up to its git repository, a worktree to its main one; where
    the folder is gone its path alone is gone by.
    """
    if not folder:
        return "", ""
    path = _in_repository(folder) or _by_path(folder)
    return path, re.split(r"[/\\]", path.rstrip("/\\"))[-1] or path


def _by_path(folder: str) -> str:
    if tool := TOOL_WORKTREE.search(folder):
        return tool["name"]
    worktree = WORKTREE.match(folder)
    return worktree["root"] if worktree else folder


def _in_repository(folder: str) -> str:
    if not Path(folder).is_absolute():
        return ""
    try:
        for place in (Path(folder), *Path(folder).parents):
            mark = place / ".git"
            if mark.is_dir():
                return str(place)
            if mark.is_file():
                with mark.open("rb") as file:
                    found = GITDIR.match(file.read(4096).decode("utf-8", "replace"))
                return found["root"] if found else str(place)
    except OSError:
        return ""
    return ""
