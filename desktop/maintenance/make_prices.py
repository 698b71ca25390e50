"""Make resources/prices/list.json from the genai-prices package (MIT, pydantic).

Run: python desktop/maintenance/make_prices.py
The package is needed only here and in tests; its updater is never started.
"""

import json
import sys
from collections.abc import Sequence
from datetime import time
from decimal import Decimal
from importlib.metadata import version
from pathlib import Path
from typing import Any

from genai_prices import types as genai
from genai_prices.data import providers as genai_providers

LIST = Path(__file__).parents[2] / "resources" / "prices" / "list.json"

READ = ("genai-prices 0.2.3", "2026-11-23")
"""The version the list is made from, and the day it was the newest there was. Change both."""

MAKERS = (
    "anthropic", "openai", "google", "mistral", "deepseek", "x-ai", "moonshotai", "zhipuai",
    "minimax", "cursor", "cohere", "meta",
)  # fmt: skip
HOST = "openrouter"  # names of the form maker/model

NAMES = {
    "text-davinci-002-render": "gpt-3.5-turbo",
    "text-davinci-002-render-sha": "gpt-3.5-turbo",
    "text-davinci-002-render-sha-mobile": "gpt-3.5-turbo",
    "gpt-4-browsing": "gpt-4",
    "gpt-4-plugins": "gpt-4",
    "gpt-4-mobile": "gpt-4",
    "gpt-4-code-interpreter": "gpt-4",
    "gpt-4-dalle": "gpt-4",
    "gpt-4-gizmo": "gpt-4",
    "gpt-5-t-mini": "gpt-5-mini",
    "gpt-5-thinking": "gpt-5",
    "gpt-5-instant": "gpt-5-chat-latest",
    "gemini-3-pro": "gemini-3-pro-preview",
}
"""Our own: names seen in exports and logs (ChatGPT's model_slug, Gemini) -> names in the list."""

_MAKER = (
    "anthropic|openai|openai-codex|google|gemini|vertex_ai|models|mistral|mistralai|deepseek"
    "|x-ai|xai|moonshotai|moonshot|z-ai|zai|zhipuai|minimax"
)
_EFFORT = "thinking|instant|xhigh|high|medium|low|minimal|max"

PATTERNS = (
    (rf"^(?:{_MAKER})/", ""),
    (r"^(?:[a-z]+\.)?anthropic\.", ""),  # Bedrock: us.anthropic.claude-…-v1:0
    (r"\[[^\]]*\]$", ""),  # claude-…[1m]
    (r"^(claude-.+?)-v\d+(?::\d+)?$", r"\1"),
    (r"^(claude-[^@]+)@", r"\1-"),  # Vertex: claude-…@20250929
    (rf"^(claude-.+?)(?:-(?:{_EFFORT}))+$", r"\1"),
    (r"^(claude-[^.]*\d)\.(\d)", r"\1-\2"),
    (r"^claude-([4-9](?:-\d)?)-(opus|sonnet|haiku)", r"claude-\2-\1"),
    (r"^(claude-.+?)-20\d{6}$", r"\1"),
    (r"^gpt-(\d)-(\d)(?=$|-\D)", r"gpt-\1.\2"),  # ChatGPT: gpt-5-1, gpt-4-1-mini
    (rf"^(gpt-5.*?)(?:-(?:{_EFFORT}))+$", r"\1"),
    (r"-(20\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?=[-:]|$)", r"-\1-\2-\3"),
)
"""Our own: spellings of one name. Neither effort nor a date in the name changes a price."""

CLASSES = {
    "input": "input_mtok",
    "cache_write_5m": "cache_write_mtok",
    "cache_write_1h": "cache_write_1h_mtok",
    "cache_read": "cache_read_mtok",
    "output": "output_mtok",
}
ONE_HOUR_FACTOR = 2  # of the input price: Anthropic's documentation of prompt caching
HALF_A_DAY_MINUTES = 720


def made() -> str:
    """Return the text of the list. Raises SystemExit where another version is installed."""
    source, checked = READ
    installed = f"genai-prices {version('genai-prices')}"
    if installed != source:
        raise SystemExit(f"{installed} is installed, {source} is named in READ: look and change it")
    providers = {provider.id: provider for provider in genai_providers}
    head = {
        "date": checked,
        "source": source,
        "licence": "MIT, Copyright (c) Pydantic Services Inc. 2025 to present",
        "names": NAMES,
        "patterns": PATTERNS,
    }
    lines = ["{"]
    lines += [f" {_text(key)}: {_text(value)}," for key, value in head.items()]
    lines.append(' "providers": [')
    blocks = [_provider(providers[id_], _clause(providers[id_].model_match)) for id_ in MAKERS]
    blocks.append(_provider(providers[HOST], {"contains": "/"}))
    lines += [",\n".join(blocks), " ]", "}"]
    return "\n".join(lines) + "\n"


def _text(value: Any) -> str:
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)


def _provider(provider: genai.Provider, match: Any) -> str:
    models = [
        {"id": model.id, "match": _clause(model.match), "rates": rates}
        for model in provider.models
        if not model.id.endswith(":batch") and (rates := _rates(provider.id, model))
    ]
    head = f'  {{"id": {_text(provider.id)}, "match": {_text(match)}, "models": [\n'
    return head + ",\n".join("   " + _text(model) for model in models) + "\n  ]}"


def _clause(clause: Any) -> Any:
    """Return a matching clause as JSON; a name alone where the name must be equal."""
    if isinstance(clause, genai.ClauseEquals):
        return clause.equals.lower()
    ((kind, value),) = vars(clause).items()
    if isinstance(value, list):
        parts = [_clause(part) for part in value]
        unique = [part for k, part in enumerate(parts) if part not in parts[:k]]
        return unique[0] if len(unique) == 1 else {kind.rstrip("_"): unique}
    return {kind: value if kind == "regex" else value.lower()}


def _rates(provider: str, model: genai.ModelInfo) -> list[dict[str, Any]]:
    """Return a model's dated rates; none if it is not priced by tokens in and out."""
    dated: list[dict[str, Any]] = []
    for since, price in _by_day(model):
        if price.input_mtok is None or price.output_mtok is None:
            return []
        starts = {
            tuple(tier.start for tier in value.tiers)
            for key in CLASSES.values()
            if isinstance(value := getattr(price, key), genai.TieredPrices)
        }
        if len(starts) > 1 or any(len(tiers) > 1 for tiers in starts):
            return []  # more than two tiers: unknown rather than wrong
        rates = _one(provider, price, upper=False)
        if starts:
            rates["above"] = starts.pop()[0]
            rates["upper"] = _one(provider, price, upper=True)
        if not dated or rates != dated[-1]["rates"]:
            dated.append({"rates": rates} | ({"since": since} if since else {}))
    return dated


def _by_day(model: genai.ModelInfo) -> list[tuple[str, genai.ModelPrice]]:
    """Return (day it begins or "", price), where the hour matters that of most hours of the day."""
    if isinstance(model.prices, genai.ModelPrice):
        return [("", model.prices)]
    hourly = [
        price for price in model.prices if isinstance(price.constraint, genai.TimeOfDateConstraint)
    ]
    if sum(_minutes(price.constraint) for price in hourly) > HALF_A_DAY_MINUTES:
        return [("", hourly[-1].prices)]
    return [
        (price.constraint.start_date.isoformat() if price.constraint else "", price.prices)
        for price in model.prices
        if not isinstance(price.constraint, genai.TimeOfDateConstraint)
    ]


def _minutes(window: Any) -> int:
    def of(moment: time) -> int:
        return moment.hour * 60 + moment.minute

    return (of(window.end_time) - of(window.start_time)) % (2 * HALF_A_DAY_MINUTES)


def _one(provider: str, price: genai.ModelPrice, *, upper: bool) -> dict[str, Any]:
    found = {name: _number(getattr(price, key), upper=upper) for name, key in CLASSES.items()}
    writes = found["cache_write_5m"] is not None and found["cache_write_1h"] is None
    if provider == "anthropic" and writes:
        found["cache_write_1h"] = found["input"] * ONE_HOUR_FACTOR
    return {name: value for name, value in found.items() if value is not None}


def _number(value: Decimal | genai.TieredPrices | None, *, upper: bool) -> Any:
    if isinstance(value, genai.TieredPrices):
        value = value.tiers[0].price if upper else value.base
    if value is None:
        return None
    return int(value) if value == int(value) else float(value)


def main(arguments: Sequence[str] = ()) -> None:
    """Write the list, or with --check say whether it is what the package gives."""
    text = made()
    if "--check" in arguments:
        if LIST.read_text("utf-8") != text:
            raise SystemExit(f"{LIST} is not what {READ[0]} gives: run this without --check")
        print("The list is as the package gives it.")
        return
    LIST.parent.mkdir(parents=True, exist_ok=True)
    LIST.write_text(text, "utf-8", newline="\n")
    print(f"{LIST}: {len(text) // 1000} kB from {READ[0]}")


if __name__ == "__main__":
    main(sys.argv[1:])
