"""Half-weeks built by hand for the tests of the measures."""

from collections.abc import Sequence

from tokenworth.domain.frame import Asked, Frame, Role
from tokenworth.domain.tag import Fate, Minutes, Purpose, Tag

SKIPPED = Tag(status="skipped")


def tag(
    purpose: Purpose = Purpose.NEEDED,
    fate: Fate = Fate.USED,
    by_hand: int | None = 4,
    after_work: int | None = 0,
) -> Tag:
    """Return an answer, its two times by their keys."""
    return Tag(
        purpose,
        fate,
        None if by_hand is None else Minutes.of(by_hand),
        None if after_work is None else Minutes.of(after_work),
    )


def asked(
    number: int,
    answer: Tag,
    inclusion: float = 1.0,
    attention: float = 5.0,
    *,
    role: Role | None = None,
    period: str = "2026-W07a",
) -> Asked:
    """Return one asked session; drawn by chance where its inclusion is under 1."""
    return Asked(
        f"s{number}", period, role or ("drawn" if inclusion < 1 else "certainty"), inclusion,
        attention / 2, attention, 2 * attention, 1.0, 1000, answer,
    )  # fmt: skip


def frame(
    seen: Sequence[Asked],
    sessions: int,
    attention: float,
    *,
    period: str = "2026-W07a",
    cost_usd: float | None = 10.0,
    new_tokens: int = 1_000_000,
    drawn_at: int | None = 1,
) -> Frame:
    """Return one half-week; all were asked where as many are seen as there are sessions."""
    return Frame(
        period, sessions, attention / 2, attention, 2 * attention, cost_usd, new_tokens,
        tuple(seen), census=drawn_at is not None and len(seen) == sessions, drawn_at=drawn_at,
        planned=len(seen),
    )  # fmt: skip


def drawn(
    tags: Sequence[Tag], inclusion: float = 0.1, attention: float = 5.0, period: str = "2026-W07a"
) -> Frame:
    """Return a half-week of equal sessions, one answer for each tag, equal chances."""
    seen = [
        asked(i, one, inclusion, attention, period=period) for i, one in enumerate(tags)
    ]  # fmt: skip
    sessions = round(len(tags) / inclusion)
    return frame(seen, sessions, sessions * attention, period=period)


def everything(tags: Sequence[Tag], attention: float = 5.0, period: str = "2026-W07a") -> Frame:
    """Return a half-week of equal sessions, all of which were asked."""
    seen = [
        asked(i, one, 1.0, attention, role="census", period=period) for i, one in enumerate(tags)
    ]
    return frame(seen, len(tags), len(tags) * attention, period=period)
