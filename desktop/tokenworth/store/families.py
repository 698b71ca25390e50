"""Threads become sessions: sub-agents under parents, copies with owners, the 8-hour rule."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final

from tokenworth.domain.records import Thread
from tokenworth.store.connection import Connection
from tokenworth.store.segments import SILENCE_MS, cut, session_uid

NEVER: Final = -(2**62)
FAR: Final = 2**62
THREAD_COLUMNS: Final = 17


class Families:
    """The threads a batch touches, each with the root whose sessions it belongs to."""

    def __init__(
        self, connection: Connection, project_of: Callable[[str], tuple[str, str]]
    ) -> None:
        self._connection = connection
        self._project_of = project_of
        self._projects: dict[str, int] = {}
        self._threads: dict[int, list[Any]] = {}  # id -> row of thread
        self._sessions: dict[int, list[int]] = {}  # root -> sessions, oldest first
        self._spans: dict[int, list[int]] = {}  # root -> [first ts, last ts] known
        self._loose: set[int] = set()  # roots whose sessions must be cut anew
        self._next = int(
            connection.execute("SELECT coalesce(max(id), 0) + 1 FROM session").fetchone()[0]
        )
        self._held: set[tuple[int, int]] = set()  # (thread, file)
        self.touched: set[int] = set()
        self.recredit: list[int] = []  # times of acts that became a person's, or ceased to be

    def touch(self, session: int) -> None:
        """Say that a session's sums are no longer what they were."""
        self.touched.add(session)

    def is_human(self, thread: int) -> int:
        """Return 1 unless the thread was started by a script."""
        return int(self._threads[thread][15] != 1)

    # threads -----------------------------------------------------------------------------------

    def merge(self, found: Sequence[tuple[str, Thread]]) -> None:
        """Store what files tell about threads, together with what was known of them."""
        ids = {thread.id for _, thread in found}
        self._load(ids)
        was = {id_: self._threads[id_][15] for id_ in ids if id_ in self._threads}
        for kind, thread in found:
            self._merge(kind, thread)
        self._load({self._threads[id_][3] for id_ in ids} - {0})
        adopted, moved = self._adopt(ids - was.keys())
        for id_ in ids | adopted:
            row = self._threads[id_]
            row[4] = self._root(id_)
            row[9] = self._project(row[7])
        self._connection.executemany(
            f"INSERT OR REPLACE INTO thread VALUES ({','.join('?' * THREAD_COLUMNS)})",
            [self._threads[id_] for id_ in ids | adopted],
        )
        self._load_sessions({self._threads[id_][4] for id_ in ids | adopted} | moved)
        self._move(moved)
        for id_, before in was.items():
            if before != self._threads[id_][15]:
                self._rehuman(id_)

    def _load(self, ids: Iterable[int]) -> None:
        """Load threads, and those they work for."""
        wanted = {id_ for id_ in ids if id_ not in self._threads}
        while wanted:
            part = list(wanted)[:500]
            marks = ",".join("?" * len(part))
            wanted.difference_update(part)
            for row in self._connection.execute(
                f"SELECT * FROM thread WHERE id IN ({marks})", part
            ):
                self._threads[row[0]] = list(row)
                wanted.update({row[3], row[4]} - self._threads.keys() - {0})
            wanted.difference_update(part)

    def _merge(self, kind: str, t: Thread) -> None:
        row = self._threads.get(t.id)
        automated = None if t.automated is None else int(t.automated)
        if row is None:
            self._threads[t.id] = [
                t.id, kind, t.key, t.parent, t.id, t.title, t.title_rank, t.folder,
                t.folder_count, 0, t.branch, t.first_request, t.first_request_ts, t.last_answer,
                t.last_answer_ts, automated, t.files,
            ]  # fmt: skip
            return
        row[3] = row[3] or t.parent
        if t.title and t.title_rank >= row[6]:
            row[5], row[6] = t.title, t.title_rank
        if t.folder and t.folder_count > row[8]:
            row[7], row[8] = t.folder, t.folder_count
        row[10] = t.branch or row[10]
        if t.first_request and (not row[11] or t.first_request_ts < row[12]):
            row[11], row[12] = t.first_request, t.first_request_ts
        if t.last_answer and t.last_answer_ts >= row[14]:
            row[13], row[14] = t.last_answer, t.last_answer_ts
        if automated is not None and row[15] != 0:  # a person's own typing outweighs a script
            row[15] = automated
        row[16] = row[16] or t.files

    def _root(self, thread: int) -> int:
        seen = {thread}
        while True:
            parent = self._threads[thread][3]
            if not parent or parent in seen:
                return thread
            if parent not in self._threads:
                self._load([parent])
            if parent not in self._threads:
                return thread
            seen.add(parent)
            thread = parent

    def _project(self, folder: str) -> int:
        known = self._projects.get(folder)
        if known is None:
            path, name = self._project_of(folder)
            known = 0
            if path:
                row = self._connection.execute(
                    "INSERT INTO project (path, name) VALUES (?,?) "
                    "ON CONFLICT (path) DO UPDATE SET name = excluded.name RETURNING id",
                    (path, name),
                ).fetchone()
                known = int(row[0])
            self._projects[folder] = known
        return known

    def _adopt(self, new: Iterable[int]) -> tuple[set[int], set[int]]:
        """Load threads that wait for a parent that has now come; return them and their roots."""
        adopted: set[int] = set()
        roots: set[int] = set()
        queue = list(new)
        while queue:
            part, queue = queue[:500], queue[500:]
            marks = ",".join("?" * len(part))
            for row in self._connection.execute(
                f"SELECT * FROM thread WHERE parent IN ({marks})", part
            ).fetchall():
                if row[0] not in adopted:
                    self._threads.setdefault(row[0], list(row))
                    adopted.add(row[0])
                    roots.add(row[4])
                    queue.append(row[0])
        return adopted, roots

    def _move(self, roots: set[int]) -> None:
        """Give the records of threads that found their parent to the parent's sessions."""
        for old in roots:
            new = self._threads[old][4] if old in self._threads else old
            if new == old:
                continue
            for session in self._sessions.get(old, []):
                target = self._default(new)
                for table in ("message", "act"):
                    self._connection.execute(
                        f"UPDATE {table} SET session = ? WHERE session = ?", (target, session)
                    )
                self.touched |= {session, target}
            self._loose.add(new)

    def _rehuman(self, thread: int) -> None:
        for session in self._sessions.get(self._threads[thread][4], []):
            self._connection.execute(
                "UPDATE act SET human = ? WHERE session = ? AND thread = ?",
                (self.is_human(thread), session, thread),
            )
            self.recredit += [
                row[0]
                for row in self._connection.execute(
                    "SELECT ts FROM act WHERE session = ? AND thread = ?", (session, thread)
                )
            ]
            self._connection.execute(
                "UPDATE act SET low = 0, mid = 0, high = 0 WHERE session = ? AND NOT human",
                (session,),
            )
            self.touched.add(session)

    def told_in(self, threads: Iterable[Thread], file: int) -> None:
        """Remember that a file tells of these threads."""
        self._held.update((thread.id, file) for thread in threads)

    def keep_files(self) -> None:
        """Store which files hold parts of which threads."""
        self._connection.executemany(
            "INSERT OR IGNORE INTO thread_file VALUES (?,?)", sorted(self._held)
        )

    # sessions ----------------------------------------------------------------------------------

    def _load_sessions(self, roots: Iterable[int]) -> None:
        wanted = [root for root in roots if root not in self._sessions]
        for start in range(0, len(wanted), 500):
            part = wanted[start : start + 500]
            marks = ",".join("?" * len(part))
            for root, id_, first, last in self._connection.execute(
                f"SELECT thread, id, start_ts, end_ts FROM session WHERE thread IN ({marks}) "
                "ORDER BY start_ts",
                part,
            ):
                self._sessions.setdefault(root, []).append(id_)
                span = self._spans.setdefault(root, [first, last])
                span[0], span[1] = min(span[0], first), max(span[1], last)

    def _default(self, root: int) -> int:
        known = self._sessions.get(root)
        if not known:
            row = self._threads[root]
            known = self._sessions[root] = [self._make(root, session_uid(row[1], row[2]))]
        return known[-1]

    def _make(self, root: int, uid: str) -> int:
        row = self._threads[root]
        id_ = self._next
        self._next += 1
        self._connection.execute(
            "INSERT INTO session (id, uid, key, thread, kind, project, start_ts, end_ts, title, "
            "automated, unattended, turns, low, mid, high, messages, unpriced, changed) "
            "VALUES (?,?,?,?,?,?,0,0,'',NULL,0,0,0,0,0,0,0,0)",
            (id_, uid, row[2], root, row[1], row[9]),
        )
        self.touched.add(id_)
        return id_

    def receive(self, kind: str, thread: int, file: int) -> tuple[int, list[int]]:
        """Return the session a thread's records go to, for now, and the span they are to widen.

        `segment` has the last word on both.
        """
        if thread not in self._threads:
            self.merge([(kind, Thread(thread, ""))])
        self._held.add((thread, file))
        root = self._threads[thread][4]
        session = self._default(root)
        self.touched.add(session)
        return session, self._spans.setdefault(root, [FAR, NEVER])

    # for those who move records between threads -----------------------------------------------

    def learn(self, threads: Iterable[int]) -> None:
        """Make sure that threads and their sessions are known here."""
        wanted = set(threads)
        self._load(wanted)
        self._load_sessions({self.root_of(thread) for thread in wanted})

    def root_of(self, thread: int) -> int:
        """Return the thread whose sessions a thread's records belong to."""
        return int(self._threads[thread][4])

    def key_of(self, thread: int) -> str:
        """Return a thread's own name."""
        return str(self._threads[thread][2])

    def home_of(self, thread: int) -> int:
        """Return the session that records given to a thread go to, until it is cut anew."""
        root = self.root_of(thread)
        self._loose.add(root)
        session = self._default(root)
        self.touched.add(session)
        return session

    # ------------------------------------------------------------------------------------------

    def segment(self) -> None:
        """Cut the touched threads at long silences that a person's message ended."""
        for root, span in self._spans.items():
            long = span[1] - span[0] > SILENCE_MS or len(self._sessions.get(root, ())) > 1
            if (long or root in self._loose) and self.touched.intersection(
                self._sessions.get(root, ())
            ):
                self._cut(root)

    def _cut(self, root: int) -> None:
        connection = self._connection
        sessions = self._sessions[root]
        marks = ",".join("?" * len(sessions))
        parts = cut(connection, sessions)
        names = [session_uid(self._threads[root][1], self._threads[root][2])]
        names += [
            session_uid(self._threads[root][1], self._threads[root][2], part[0][2])
            for part in parts[1:]
        ]
        known = dict(
            connection.execute(
                f"SELECT uid, id FROM session WHERE id IN ({marks})", sessions
            ).fetchall()
        )
        kept = [known[uid] if uid in known else self._make(root, uid) for uid in names]
        moves: dict[str, list[tuple[int, int, int]]] = defaultdict(list)
        for session, part in zip(kept, parts, strict=True):
            for _, _, id_, table in part:
                moves[table].append((session, id_, session))
        for table, rows in moves.items():
            connection.executemany(
                f"UPDATE {table} SET session = ? WHERE id = ? AND session <> ?", rows
            )
        self.touched.update(sessions, kept)
        self._sessions[root] = kept
