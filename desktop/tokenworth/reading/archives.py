"""Files and members of zip archives as sources; hostile archives are refused in words."""

import errno
import io
import lzma
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from tempfile import SpooledTemporaryFile
from typing import IO, TYPE_CHECKING, BinaryIO

from tokenworth.domain.records import Problem

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

MEMBER_CEILING = 4 * 1024**3
MEMBER_FLOOR = 64 * 1024**2
ARCHIVE_FLOOR = 1024**3
GROWTH = 200
"""More bytes for one packed byte than any honest text gives."""
_SPOOL = 8 * 1024**2
_COPY = 1024**2
_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA}
_ENCRYPTED = 1
_NESTED = re.compile(r"\.zip!", re.IGNORECASE)
_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    LookupError,
    RuntimeError,  # zipfile's word for "needs a password", and the parent of NotImplementedError
    ValueError,
)


class Unreadable(OSError):
    """An archive or a member of it that cannot be read; its text is words for a person."""


class TooLarge(Unreadable):
    """A member that unpacks to more than it may."""


@dataclass(frozen=True)
class FileSource:
    """A file as it lies on the disk, named by its path."""

    name: str

    def open(self) -> BinaryIO:
        """Open it at its start. Raises OSError."""
        return open(self.name, "rb")  # noqa: PTH123 -- thousands of files: a Path costs as much


@dataclass(frozen=True)
class MemberSource:
    """A member of a zip; of a zip in that zip where ``member`` is ``inner.zip!member``."""

    archive: Path
    member: str

    @property
    def name(self) -> str:
        """Path and member as shown: ``archive.zip!member``."""
        return f"{self.archive}!{self.member}"

    def open(self) -> BinaryIO:
        """Open it at its start. It raises TooLarge or Unreadable (OSError), also while it is read.

        A zip in a zip is first unpacked into a temporary file of at most MEMBER_CEILING bytes.
        """
        with ExitStack() as stack:
            size = self.archive.stat().st_size
            handle: IO[bytes] = stack.enter_context(self.archive.open("rb"))
            outer, name = _parted(handle, self.member)
            if outer:
                handle = stack.enter_context(_unpacked(handle, size, outer))
                size = handle.seek(0, io.SEEK_END)
            return _member(handle, size, name, stack)


def is_zip(head: bytes) -> bool:
    """Tell whether the first bytes of a file are those of a zip."""
    return head[:4] in (b"PK\x03\x04", b"PK\x05\x06")


def members(path: Path) -> Iterator[MemberSource | Problem]:
    """Yield the files in a zip and in zips inside it, one level deep; in words what was refused.

    Raises OSError for the zip itself, never for what is in it.
    """
    size = path.stat().st_size
    with path.open("rb") as handle:
        found = _listed(handle, size, str(path))
    for name in found:
        if isinstance(name, Problem):
            yield name
        elif name.lower().endswith(".zip"):
            yield from _inner(path, size, name)
        else:
            yield MemberSource(path, name)


def _inner(path: Path, size: int, name: str) -> Iterator[MemberSource | Problem]:
    """Yield the files in a zip that lies in a zip."""
    shown = f"{path}!{name}"
    try:
        with path.open("rb") as handle, _unpacked(handle, size, name) as spool:
            found = _listed(spool, spool.seek(0, io.SEEK_END), shown)
    except Unreadable as refused:
        yield Problem(0, "damaged archive", f"{shown}: {refused}.")
        return
    for inner in found:
        if isinstance(inner, Problem):
            yield inner
        elif inner.lower().endswith(".zip"):
            words = f"{shown}!{inner} lies two archives deep and was not opened."
            yield Problem(0, "passed over", words)
        else:
            yield MemberSource(path, f"{name}!{inner}")


def _listed(handle: IO[bytes], size: int, shown: str) -> list[str | Problem]:
    """Return the names of a zip's files, and Problems for those that are not to be read."""
    try:
        with zipfile.ZipFile(handle) as archive:
            infos = archive.infolist()
    except (*_DAMAGE, OSError):
        words = f"{shown} is damaged or not a zip; nothing of it was read."
        return [Problem(0, "damaged archive", words)]
    # zipfile never gives more of a member than its directory declares, so their sum is a bound.
    if sum(info.file_size for info in infos) > max(ARCHIVE_FLOOR, GROWTH * size):
        words = f"{shown} would unpack to far more than its size; nothing of it was read."
        return [Problem(0, "too large", words)]
    found: dict[str, str | Problem] = {}
    for info in infos:
        if info.is_dir() or "__MACOSX" in info.filename.replace("\\", "/").split("/"):
            continue
        refused = _refused(info)
        if info.filename in found:
            refused = "is there twice; only the last of them was read"
            found[f"{info.filename}\0"] = _passed_over(shown, info, refused)
        elif refused:
            found[info.filename] = _passed_over(shown, info, refused)
        else:
            found[info.filename] = info.filename
    return list(found.values())


def _passed_over(shown: str, info: zipfile.ZipInfo, why: str) -> Problem:
    return Problem(0, "passed over", f"{shown}!{info.filename} {why}.")


def _refused(info: zipfile.ZipInfo) -> str:
    """Say why a member is not to be read; empty if it may be."""
    path = PurePosixPath(info.filename.replace("\\", "/"))
    kind = stat.S_IFMT(info.external_attr >> 16)
    if path.is_absolute() or ".." in path.parts or ":" in path.parts[0]:
        return "points outside the archive and was not read"
    if kind not in (0, stat.S_IFREG):
        return "is a link or no ordinary file and was not read"
    if info.flag_bits & _ENCRYPTED:
        return "is encrypted and could not be read; unpack the archive first"
    if info.compress_type not in _METHODS:
        return "is packed in a way this program does not know; unpack the archive first"
    return ""


def _parted(archive: IO[bytes], member: str) -> tuple[str, str]:
    """Return (name of the zip inside, name in it); the first is empty for an ordinary member."""
    with _worded(), zipfile.ZipFile(archive) as opened:
        if member in opened.NameToInfo:
            return "", member
        for found in _NESTED.finditer(member):
            if member[: found.end() - 1] in opened.NameToInfo:
                return member[: found.end() - 1], member[found.end() :]
    raise Unreadable("it is no longer in the archive")


@contextmanager
def _worded() -> Iterator[None]:
    """Turn everything a damaged archive can raise into Unreadable, with words."""
    try:
        yield
    except _DAMAGE as error:
        raise Unreadable("the archive is damaged here") from error
    except OSError as error:
        if isinstance(error, Unreadable) or error.errno not in (None, errno.EINVAL):
            raise
        raise Unreadable("the archive is damaged here") from error  # a jump to before its start


def _member(archive: IO[bytes], size: int, name: str, stack: ExitStack) -> io.BufferedReader:
    """Open a member; what ``stack`` holds is closed with it. Raises Unreadable."""
    with _worded():
        opened = stack.enter_context(zipfile.ZipFile(archive))
        info = opened.getinfo(name)
        member = stack.enter_context(opened.open(info))
    packed = min(info.compress_size, size)
    limit = min(MEMBER_CEILING, max(MEMBER_FLOOR, GROWTH * packed))
    return io.BufferedReader(_Measured(member, limit, stack.pop_all()), _COPY)


def _unpacked(archive: IO[bytes], size: int, name: str) -> SpooledTemporaryFile[bytes]:
    """Return a member, unpacked, as a temporary file to be closed. Raises Unreadable."""
    with ExitStack() as stack, ExitStack() as kept:
        spool = kept.enter_context(SpooledTemporaryFile(_SPOOL))
        member = stack.enter_context(_member(archive, size, name, stack))
        while piece := member.read(_COPY):
            spool.write(piece)
        kept.pop_all()
        return spool


class _Measured(io.RawIOBase):
    """A member that gives up when it has given too much."""

    def __init__(self, member: IO[bytes], limit: int, held: ExitStack) -> None:
        super().__init__()
        self._member = member
        self._limit = limit
        self._held = held

    def readable(self) -> bool:
        """Return True: it is there to be read."""
        return True

    def seekable(self) -> bool:
        """Return True; going back unpacks it from its start again."""
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go to a place in it and return that place. Raises TooLarge or Unreadable."""
        with _worded():
            place = self._member.seek(offset, whence)
        if place > self._limit:
            raise TooLarge("it unpacks to far more than its size")
        return place

    def tell(self) -> int:
        """Return how far it has been read."""
        return self._member.tell()

    def readinto(self, buffer: "WriteableBuffer") -> int:
        """Fill ``buffer`` and return how much of it. Raises TooLarge or Unreadable."""
        view = memoryview(buffer).cast("B")
        with _worded():
            data = self._member.read(len(view))
        if self._member.tell() > self._limit:
            raise TooLarge("it unpacks to far more than its size")
        view[: len(data)] = data
        return len(data)

    def close(self) -> None:
        """Close it, and the archive it came from."""
        if not self.closed:
            self._held.close()
        super().close()
