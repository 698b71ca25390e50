"""The store's tables, declared. migrations.py makes them; a test holds the two together.

Times are milliseconds since 1970 in UTC, days are days since 1970-01-01 in the person's zone,
minutes are minutes, money is US dollars at list price.
"""

from sqlmodel import Field, Index, SQLModel, text


class Setting(SQLModel, table=True):
    """A choice that belongs to this store, and facts about it (its zone, its price list)."""

    name: str = Field(primary_key=True)
    value: str


class SourceFile(SQLModel, table=True):
    """A file read from, and how far."""

    __tablename__ = "source_file"
    id: int = Field(primary_key=True)
    path: str = Field(sa_column_kwargs={"nullable": False})
    kind: str
    size: int
    mtime_ns: int
    inode: int
    offset: int
    line: int
    state: bytes
    fingerprint: bytes  # the bytes just before the offset, hashed: has it only grown?
    imported_at: int
    __table_args__ = (Index("source_file_path", "path", unique=True),)


class Problem(SQLModel, table=True):
    """Something in a file that could not be read."""

    id: int = Field(primary_key=True)
    file: int
    line: int
    kind: str
    words: str
    __table_args__ = (Index("problem_file", "file"),)


class Model(SQLModel, table=True):
    """A model's name as recorded."""

    id: int = Field(primary_key=True)
    name: str
    __table_args__ = (Index("model_name", "name", unique=True),)


class Project(SQLModel, table=True):
    """A repository or folder, worktrees folded into theirs; 0 is no project."""

    id: int = Field(primary_key=True)
    path: str
    name: str
    __table_args__ = (Index("project_path", "path", unique=True),)


class Thread(SQLModel, table=True):
    """A thread of a tool; `root` is the thread whose sessions it belongs to."""

    id: int = Field(primary_key=True)
    kind: str
    key: str
    parent: int
    root: int
    title: str
    title_rank: int
    folder: str
    folder_count: int
    project: int
    branch: str
    first_request: str
    first_request_ts: int
    last_answer: str
    last_answer_ts: int
    automated: int | None
    files: str
    __table_args__ = (Index("thread_root", "root"), Index("thread_parent", "parent"))


class ThreadFile(SQLModel, table=True):
    """Which files hold parts of a thread."""

    __tablename__ = "thread_file"
    thread: int = Field(primary_key=True)
    file: int = Field(primary_key=True)
    __table_args__ = (Index("thread_file_file", "file"),)


class Message(SQLModel, table=True):
    """One paid model response, once; its id is the identity of the source's own."""

    id: int = Field(primary_key=True)
    thread: int
    session: int
    ts: int
    day: int
    model: int
    upper: int  # 1: priced at the rates above the list's size of request
    input: int | None
    cache_write_5m: int | None
    cache_write_1h: int | None
    cache_read: int | None
    output: int | None
    reasoning: int | None
    flags: int
    weight: int
    tools: str
    file: int
    line: int
    __table_args__ = (Index("message_session", "session"),)


class Act(SQLModel, table=True):
    """One act of a person and the attention minutes it is credited with."""

    id: int = Field(primary_key=True)
    thread: int
    session: int
    ts: int
    day: int
    act: int
    human: int  # 0: sent by a script
    low: float
    mid: float
    high: float
    file: int
    line: int
    __table_args__ = (Index("act_session", "session"), Index("act_ts", "ts"))


class Copy(SQLModel, table=True):
    """A further thread that holds a copy of a message or act (forks and resumes)."""

    record: int = Field(primary_key=True)
    thread: int = Field(primary_key=True)
    __table_args__ = (Index("copy_thread", "thread"),)


class Session(SQLModel, table=True):
    """A thread, or its part after a long silence, with its sums and the standing answer."""

    id: int = Field(primary_key=True)
    uid: str
    key: str
    thread: int
    kind: str
    project: int
    start_ts: int
    end_ts: int
    title: str
    automated: int | None
    unattended: int
    turns: int
    low: float
    mid: float
    high: float
    messages: int
    new_tokens: int | None
    estimated_tokens: int | None
    cost: float | None
    unpriced: int
    status: str | None
    purpose: str | None
    fate: str | None
    value_min: float | None
    changed: int
    __table_args__ = (
        Index("session_uid", "uid", unique=True),
        Index("session_thread", "thread"),
        Index("session_start", "start_ts"),
        Index("session_title", text("title COLLATE NOCASE"), text("start_ts DESC")),
    )


class SessionDay(SQLModel, table=True):
    """The rollup every chart and total reads: a session's tokens by day, model and price tier."""

    __tablename__ = "session_day"
    session: int = Field(primary_key=True)
    day: int = Field(primary_key=True)
    model: int = Field(primary_key=True)
    upper: int = Field(primary_key=True)
    messages: int
    input: int | None
    cache_write_5m: int | None
    cache_write_1h: int | None
    cache_read: int | None
    output: int | None
    reasoning: int | None
    estimated_input: int | None
    estimated_output: int | None
    cost: float | None
    unpriced: int
    __table_args__ = (Index("session_day_day", "day"),)


class AttentionDay(SQLModel, table=True):
    """A session's attention minutes by day."""

    __tablename__ = "attention_day"
    session: int = Field(primary_key=True)
    day: int = Field(primary_key=True)
    turns: int
    low: float
    mid: float
    high: float
    __table_args__ = (Index("attention_day_day", "day"),)


class Answer(SQLModel, table=True):
    """One filled-in form, append-only; `prev_hash` chains it to the record before."""

    seq: int | None = Field(default=None, primary_key=True)
    answer_id: str
    session_uid: str
    period: str
    form_version: str
    source: str
    u: float | None = None
    position: int | None = None
    lambda_n: float | None = None
    purpose: str | None = None
    fate: str | None = None
    c_key: int | None = None
    c_lo: float | None = None
    c_hi: float | None = None
    c_val: float | None = None
    r_key: int | None = None
    r_lo: float | None = None
    r_hi: float | None = None
    r_val: float | None = None
    learned: str | None = None
    k1: str | None = None
    k2: str | None = None
    others: str | None = None
    world_changed: int | None = None
    declared_explore: int | None = None
    status: str
    masked: int
    first_or_changed: str
    replaces: str | None = None
    asked_at: int
    answered_at: int
    form_ms: int
    prev_hash: str
    __table_args__ = (
        Index("answer_answer_id", "answer_id", unique=True),
        Index("answer_session_uid", "session_uid"),
        Index("answer_period", "period"),
    )


class Note(SQLModel, table=True):
    """A person's own words on a session."""

    session_uid: str = Field(primary_key=True)
    text: str
    changed_at: int


class ImportRun(SQLModel, table=True):
    """What one import did for one kind of source."""

    __tablename__ = "import_run"
    id: int | None = Field(default=None, primary_key=True)
    finished_at: int
    kind: str
    files: int
    sessions: int
    messages: int
    duplicates: int
    problems: int
