"""Tables of who is asked: frames, second looks, practice, and what was declared before."""

from sqlmodel import Field, Index, SQLModel


class Frame(SQLModel, table=True):
    """One half-week, frozen: what was known of it when it was to be drawn."""

    period: str = Field(primary_key=True)
    start_ts: int
    end_ts: int
    frozen_at: int
    drawn_at: int | None
    stopped_at: int | None
    planned: int


class FrameSession(SQLModel, table=True):
    """One session of a frame: its size then, and its place in the draw."""

    __tablename__ = "frame_session"
    period: str = Field(primary_key=True)
    session_uid: str = Field(primary_key=True)
    sort: str  # own, late, grown
    end_ts: int
    low: float
    mid: float
    high: float
    cost: float | None
    new_tokens: int | None
    estimated_tokens: int | None
    role: str | None  # take_all, certainty, drawn, census; None before the draw
    u: float | None
    inclusion: float | None  # at the planned number
    position: int | None  # in the queue, from 1
    answer_id: str | None  # of take-all
    __table_args__ = (Index("frame_session_session_uid", "session_uid"),)


class SecondLook(SQLModel, table=True):
    """One session drawn to be asked about again."""

    __tablename__ = "second_look"
    kind: str = Field(primary_key=True)  # second_7, second_28
    session_uid: str = Field(primary_key=True)
    week: str
    first_answer: str
    u: float
    inclusion: float
    drawn_at: int
    until: int


class SecondWeek(SQLModel, table=True):
    """A week whose second looks were drawn, and from how many answers."""

    __tablename__ = "second_week"
    kind: str = Field(primary_key=True)
    week: str = Field(primary_key=True)
    candidates: int


class PracticeAnswer(SQLModel, table=True):
    """One answer to the practice set."""

    __tablename__ = "practice"
    taken_at: int = Field(primary_key=True)
    number: int = Field(primary_key=True)
    purpose: str
    fate: str


class Declaration(SQLModel, table=True):
    """What a person said before starting: an exploration, a forecast in minutes."""

    declared_at: int = Field(primary_key=True)
    explore: int
    forecast_low: float | None
    forecast_high: float | None
    withdrawn: int


class WeekView(SQLModel, table=True):
    """One week of Trends as it was last computed; forgotten when anything in it changes."""

    __tablename__ = "week_view"
    week: int = Field(primary_key=True)  # number of the week, from that of 1970-01-01
    made: bytes
