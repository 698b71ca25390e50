"""M4, where cost or tokens went: shares by purpose and fate, and the flow from class to fate.

Unit: share of the list price in USD, or of new tokens, of all sessions; from 15 answers; Korn and
Graubard's interval, for few sessions hold most of either (spec v1, 3). The flow shows what was
looked at as it is, and all else as one grey band; its second view spreads exact totals by shares.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final, Literal, NamedTuple, TypeVar

from msgspec.structs import replace

from tokenworth.domain.estimate import Estimate, not_enough
from tokenworth.domain.frame import Asked, Frame
from tokenworth.domain.tag import FATE_WORDS, PURPOSE_WORDS, Fate, Purpose
from tokenworth.domain.trending import Flow, Link
from tokenworth.measures.arrays import Floats, np
from tokenworth.measures.intervals import korn_graubard, share
from tokenworth.measures.sample import ANSWERED_ENOUGH, Sample, sample
from tokenworth.measures.shares import TOO_MANY_SKIPS

MINIMUM: Final = 15
UNSEEN: Final = "unseen"
CLASSES: Final = ("input", "cache_write", "output")
"""Of new tokens, in the order of Asked.token_classes."""
CLASS_WORDS: Final = {
    "input": "fresh input",
    "cache_write": "cache write",
    "cache_read": "cache read",
    "output": "output",
}
ROUNDING: Final = 1e-9
Unit = Literal["tokens", "USD"]
View = Literal["looked_at", "estimated"]
Yes = Callable[[Asked], bool]
Pair = tuple[str, str]
Totals = Mapping[Pair, float]
"""Exact totals of the window in its unit, by token class and model."""
Rows = Sequence[tuple[Asked, float]]
Limits = Mapping[Pair, tuple[float, float]]
Key = TypeVar("Key", str, Pair)


class Share(NamedTuple):
    """A share with its limits, 0 to 1."""

    value: float
    low: float
    high: float


def amount(one: Asked, unit: Unit) -> float | None:
    """Return what a session took, in USD or new tokens; None where it is not known."""
    known = one.cost_usd if unit == "USD" else one.new_tokens
    return None if known is None else float(known)


def shares(frames: Sequence[Frame], unit: Unit) -> tuple[Estimate, ...]:
    """Return the share of each purpose, then of each fate."""
    held = sample(frames)
    by_purpose = [(f"purpose_{one}", is_of(purpose=one)) for one in Purpose]
    by_fate = [(f"fate_{one.name.lower()}", is_of(fate=one)) for one in Fate]
    return tuple(cost_share(held, key, yes, unit) for key, yes in (*by_purpose, *by_fate))


def is_of(
    purpose: Purpose | None = None, fate: Fate | None = None, model: str | None = None
) -> Yes:
    """Return whether a session is of the purpose, fate and model that are given."""

    def yes(one: Asked) -> bool:
        return (
            (purpose is None or one.tag.purpose is purpose)
            and (fate is None or one.tag.fate is fate)
            and (model is None or one.model == model)
        )

    return yes


def cost_share(held: Sample, key: str, yes: Yes, unit: Unit) -> Estimate:
    """Return the share of cost, or new tokens, of the sessions for which ``yes`` holds."""
    answers = _known(held.answered, unit)
    reason = _reason(held, unit)
    if reason and reason != TOO_MANY_SKIPS:
        return replace(not_enough("M4", key, "share", len(answers), MINIMUM), reason=reason)
    value, low, high = _share(held, yes, unit)
    readings = _readings(held, yes, unit)
    if readings is not None and reason:
        low, high = min(low, readings[0]), max(high, readings[1])
    return Estimate(
        measure="M4", key=key, unit="share", value=None if reason else value, low=low, high=high,
        n=len(answers), minimum_n=MINIMUM, denominator=_denominator(held, unit),
        chosen=held.chosen, interval="complete" if held.complete else "Korn-Graubard",
        reason=reason, skips=readings,
    )  # fmt: skip


def flow(frames: Sequence[Frame], totals: Totals, unit: Unit, view: View = "looked_at") -> Flow:
    """Return where tokens or money went: token class, model, purpose, fate.

    The first stage of what was looked at has each session's own token classes, of its chief model;
    for money, whose classes no session tells, its model's mix. In the estimated view the first
    stage is exact, the others are weighted shares of the exact total, and only half-weeks without
    a draw stay grey. Where that view may not be shown, the other is returned with the reason.
    """
    held = sample(frames)
    reason = _reason(held, unit)
    estimated = view == "estimated" and not reason
    exact = sum(totals.values())
    answered = _known((one for frame in frames for one in frame.asked if one.answered), unit)
    looked_at = [(one, amount(one, unit) or 0.0) for one in answered]
    if estimated:
        known = _known(held.answered, unit)
        weights = _weights(held, known, unit)
        covered = min(exact, _total(held.frames, unit))
        rows = list(zip(known, (weights / weights.sum() * covered).tolist(), strict=True))
        first = {pair: value * covered / exact for pair, value in totals.items()} if exact else {}
        limits = _link_limits(held, unit)
    else:
        rows, limits = looked_at, {}
        first = _first_stage(rows, totals, unit)
    return Flow(
        view="estimated" if estimated else "looked_at",
        unit=unit,
        total=exact,
        unseen=max(0.0, exact - sum(value for _, value in looked_at)),
        links=tuple(_links(rows, first, totals, limits)),
        names=_names({model for _, model in totals} | {one.model for one, _ in rows}, totals),
        shares=shares(frames, unit) if estimated else (),
        coverage_words=coverage_words(frames, exact, unit),
        reason=reason,
    )


def coverage_words(frames: Sequence[Frame], exact: float, unit: Unit) -> str:
    """Return how much of the sessions, and of an exact total, was looked at."""
    answered = [one for frame in frames for one in frame.asked if one.answered]
    known = _known(answered, unit)
    part = sum(amount(one, unit) or 0.0 for one in known)
    amounts = (
        f"{part:.2f} of {exact:.2f} USD at list price"
        if unit == "USD"
        else f"{part:,.0f} of {exact:,.0f} new tokens"
    )
    words = f"{len(answered)} of {sum(f.sessions for f in frames)} sessions looked at: {amounts}."
    unknown = len(answered) - len(known)
    what = "price" if unit == "USD" else "number of tokens"
    return f"{words} Of {unknown} of them no {what} is known." if unknown else words


def _links(
    rows: Rows, first: Mapping[Pair, float], totals: Totals, limits: Limits
) -> Iterable[Link]:
    """Return all bands: the coloured ones of a stage, then its grey ones."""
    grey = _grey(first, totals, sum(value for _, value in rows))
    for (kind, model), value in sorted(first.items()):
        if value > 0:
            yield Link(0, f"class:{kind}", f"model:{model}", value, looked_at=True)
    for (kind, model), value in sorted(grey.items()):
        yield Link(0, f"class:{kind}", f"model:{model}", value, looked_at=False)
    for stage, ends in ((1, _model_and_purpose), (2, _purpose_and_fate)):
        for (start, end), value in _summed((ends(one), value) for one, value in rows):
            low, high = limits.get((start, end), (None, None))
            yield Link(stage, start, end, value, looked_at=True, low=low, high=high)
        ends_of_grey = (
            (f"model:{model}" if stage == 1 else UNSEEN, v) for (_, model), v in grey.items()
        )
        for start, value in _summed(ends_of_grey):
            yield Link(stage, start, UNSEEN, value, looked_at=False)


def _first_stage(rows: Rows, totals: Totals, unit: Unit) -> dict[Pair, float]:
    parts: list[tuple[Pair, float]] = []
    for one, value in rows:
        mix = {pair: size for pair, size in totals.items() if pair[1] == one.model}
        if unit == "tokens" and one.token_classes is not None:
            mix = {
                (kind, one.model): float(size)
                for kind, size in zip(CLASSES, one.token_classes, strict=True)
            }
        whole = sum(mix.values())
        parts += [(pair, value * size / whole) for pair, size in mix.items() if whole]
    return dict(_summed(parts))


def _grey(first: Mapping[Pair, float], totals: Totals, shown: float) -> dict[Pair, float]:
    """Return what is left of each exact total; all of it together is what is not shown.

    A session that used a second model counts for its chief one, which may then have more than its
    total: the others' rest is less by as much.
    """
    rest = {pair: max(0.0, value - first.get(pair, 0.0)) for pair, value in totals.items()}
    left, whole = max(0.0, sum(totals.values()) - shown), sum(rest.values())
    if left <= ROUNDING * whole or not whole:
        return {}
    return {pair: value * left / whole for pair, value in rest.items() if value > 0}


def _link_limits(held: Sample, unit: Unit) -> Limits:
    limits: dict[Pair, tuple[float, float]] = {}
    for one in _known(held.answered, unit):
        tag = one.tag
        for ends, yes in (
            (_model_and_purpose(one), is_of(model=one.model, purpose=tag.purpose)),
            (_purpose_and_fate(one), is_of(purpose=tag.purpose, fate=tag.fate)),
        ):
            if ends not in limits:
                limits[ends] = _share(held, yes, unit)[1:]
    return limits


def _model_and_purpose(one: Asked) -> tuple[str, str]:
    return f"model:{one.model}", f"purpose:{one.tag.purpose or ''}"


def _purpose_and_fate(one: Asked) -> tuple[str, str]:
    return f"purpose:{one.tag.purpose or ''}", f"fate:{one.tag.fate or ''}"


def _names(models: Iterable[str], totals: Totals) -> dict[str, str]:
    kinds = dict.fromkeys((*CLASS_WORDS, *(kind for kind, _ in totals)))
    return {
        **{f"class:{kind}": CLASS_WORDS.get(kind, kind) for kind in kinds},
        **{f"model:{model}": model or "unknown model" for model in sorted(models)},
        **{f"purpose:{one}": PURPOSE_WORDS[one] for one in Purpose},
        **{f"fate:{one}": FATE_WORDS[one] for one in Fate},
        UNSEEN: "not looked at",
    }


def _summed(parts: Iterable[tuple[Key, float]]) -> list[tuple[Key, float]]:
    sums: dict[Key, float] = {}
    for key, value in parts:
        sums[key] = sums.get(key, 0.0) + value
    return [(key, value) for key, value in sums.items() if value > 0]


def _known(answers: Iterable[Asked], unit: Unit) -> list[Asked]:
    return [one for one in answers if amount(one, unit) is not None]


def _weights(held: Sample, answers: Sequence[Asked], unit: Unit) -> Floats:
    return np.array([held.weight(one) * (amount(one, unit) or 0.0) for one in answers], dtype=float)


def _reason(held: Sample, unit: Unit) -> str:
    """Return why there is no point; where it is for those skipped, there is still an interval."""
    answers = _known(held.answered, unit)
    missing = held.missing(len(answers), MINIMUM)
    if missing:
        return missing
    if _weights(held, answers, unit).sum() <= 0:
        return f"no {'price' if unit == 'USD' else 'number of tokens'} is known of those looked at"
    return TOO_MANY_SKIPS if held.rate < ANSWERED_ENOUGH else ""


def _share(held: Sample, yes: Yes, unit: Unit) -> Share:
    answers = _known(held.answered, unit)
    found = share(
        _weights(held, answers, unit),
        np.array([yes(one) for one in answers], dtype=float),
        np.array([one.inclusion for one in answers], dtype=float),
        [one.period for one in answers],
    )
    return (
        Share(found.p, found.p, found.p) if held.complete else Share(found.p, *korn_graubard(found))
    )


def _readings(held: Sample, yes: Yes, unit: Unit) -> tuple[float, float] | None:
    """Return the share if none of the skipped were of it, and if all were; None without skips."""
    if not held.skipped:
        return None
    every = [(one, one.weight * (amount(one, unit) or 0.0)) for f in held.frames for one in f.asked]
    whole = sum(size for _, size in every)
    if whole <= 0:
        return None
    told = sum(size for one, size in every if one.answered and yes(one))
    skipped = sum(size for one, size in every if not one.answered)
    return told / whole, (told + skipped) / whole


def _total(frames: Iterable[Frame], unit: Unit) -> float:
    return sum((f.cost_usd or 0.0) if unit == "USD" else float(f.new_tokens) for f in frames)


def _denominator(held: Sample, unit: Unit) -> str:
    total = _total(held.frames, unit)
    words = f"{total:.2f} USD at list price" if unit == "USD" else f"{total:,.0f} new tokens"
    words += f" of {held.sessions} sessions"
    if len(held.frames) < held.window:
        words += f", in the {len(held.frames)} of {held.window} half-weeks with a draw"
    return words
