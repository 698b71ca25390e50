"""What is held of one session: all that the measures are told."""

from dataclasses import dataclass

from tokenworth.domain.tag import Chosen, Fate, Purpose, Status


@dataclass(frozen=True, slots=True)
class Held:
    """One session of a window, with the part of it that lies in the window."""

    attention_low: float  # minutes
    attention_min: float  # minutes, mid
    attention_high: float  # minutes
    unattended: bool = False
    status: Status | None = None  # of the latest answer; None: never asked
    source: Chosen | None = None  # how it was chosen
    purpose: Purpose | None = None
    fate: Fate | None = None
    value_min: float = 0.0  # y, minutes, as told; counts only where `tagged`
    changed: bool = False  # the answer has a later change
    cost_usd: float | None = None  # at list price; None where nothing could be priced
    new_tokens: int | None = None  # recorded: fresh input + cache write + output
    unpriced_tokens: int = 0  # of the new tokens, those without a known price

    @property
    def tagged(self) -> bool:
        """Whether the person said what became of it."""
        return self.status == "answered" and self.fate is not None

    @property
    def in_use(self) -> bool:
        """Whether the person said that its output is in use, wholly or in part."""
        return self.tagged and self.fate is not None and self.fate.in_use
