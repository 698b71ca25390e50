import importlib.util
import random
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from types import ModuleType

import pytest
from genai_prices import Usage, calc_price
from hypothesis import given
from hypothesis import strategies as st

import tokenworth
from tokenworth.prices import Rates, cost, price_list
from tokenworth.shipped import shipped

PRICES = price_list()
LIST_DAY = "2026-11-20"


def number(day: str) -> int:
    return date.fromisoformat(day).toordinal() - date(1970, 1, 1).toordinal()


@pytest.fixture(scope="module")
def maker() -> ModuleType:
    path = Path(__file__).parents[1] / "desktop" / "maintenance" / "make_prices.py"
    if not path.exists():
        pytest.skip("only in a checkout")
    spec = importlib.util.spec_from_file_location("make_prices", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_shipped_list_is_what_the_locked_package_gives(
    maker: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    text = shipped("prices/list.json").read_text("utf-8")
    assert maker.made() == text
    maker.main(["--check"])
    assert "as the package gives" in capsys.readouterr().out
    assert len(text) < 500_000
    assert (PRICES.date, PRICES.source) == ("2026-11-23", "genai-prices 0.2.3")


def test_another_version_of_the_package_is_not_taken_unseen(
    maker: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(maker, "version", lambda _: "9.9")
    with pytest.raises(SystemExit, match=r"9\.9 is installed"):
        maker.made()


def test_reading_the_list_needs_no_package_but_ours() -> None:
    code = "import sys; from tokenworth.prices import price_list; price_list(); print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, text=True,
        cwd=Path(tokenworth.__file__).parents[1],
    )  # fmt: skip
    assert not {"genai_prices", "pydantic"} & set(done.stdout.split())


MODELS = (
    "claude-3-5-sonnet-20241022", "claude-3-7-sonnet-20250219", "claude-opus-4-20250514",
    "claude-opus-4-1-20250805", "claude-opus-4-5-20251101", "claude-opus-4-6", "claude-opus-4-7",
    "claude-opus-4-8", "claude-opus-5", "claude-sonnet-4-20250514", "claude-sonnet-4-5-20250929",
    "claude-sonnet-4-6", "claude-sonnet-5", "claude-haiku-4-5-20251001", "claude-haiku-5-5",
    "claude-fable-5", "gpt-4o", "gpt-4.1", "gpt-5", "gpt-5-codex", "gpt-5.1-codex-max", "gpt-5.2",
    "gpt-5.3-codex", "gpt-5.4", "gpt-5.4-mini", "gpt-5.5", "gpt-5.6", "gpt-5.6-luna", "o3",
    "o4-mini", "gpt-5-1", "gemini-2.5-pro", "gemini-2.5-flash", "gemini-3-pro-preview",
    "gemini-3-flash-preview", "gemini-3.5-flash", "gemini-3.6-flash", "kimi-k2", "kimi-k2-thinking",
    "kimi-k3", "glm-4.7", "glm-5", "GLM-5.3-Flash", "deepseek-v3.2", "grok-4", "grok-4.20",
    "grok-code-fast-1", "minimax-m2", "mistral-large-latest", "mistral-medium-latest",
    "gpt-5.2-20251211",
)  # fmt: skip
DATES = (
    "2025-01-15", "2025-06-09", "2025-06-10", "2026-03-12", "2026-03-13", "2026-07-30",
    "2026-10-21", LIST_DAY, "2027-02-01",
)  # fmt: skip
SIZES = (1_000, 100_000, 100_001, 128_001, 200_000, 200_001, 272_001, 900_000)


@pytest.mark.parametrize("model", MODELS)
def test_one_request_costs_what_the_package_says(model: str) -> None:
    drawn = random.Random(model)
    for day in DATES:
        for size in SIZES:
            upper = size > (PRICES.tier_start(model, number(day)) or size)
            rates = PRICES.rates(model, number(day), upper=upper)
            assert rates is not None
            read = drawn.randrange(size // 2) if rates.cache_read is not None else 0
            short = drawn.randrange(size // 8) if rates.cache_write_5m is not None else 0
            long = drawn.randrange(size // 8) if rates.cache_write_1h is not None else 0
            output = drawn.randrange(20_000)
            usage = {"input_tokens": size, "output_tokens": output}
            usage |= {"cache_read_tokens": read} if read else {}
            usage |= {"cache_write_tokens": short + long} if short + long else {}
            usage |= {"cache_write_1h_tokens": long} if long else {}
            noon = datetime.fromisoformat(day).replace(hour=12, tzinfo=UTC)
            theirs = calc_price(Usage(**usage), model, genai_request_timestamp=noon)
            ours = cost(rates, size - read - short - long, short, long, read, output)
            assert ours == (pytest.approx(float(theirs.total_price), abs=1e-9), 0), (day, size)
            assert rates.model == theirs.model.id


@pytest.mark.parametrize(
    ("model", "day", "usd"),
    [
        ("claude-opus-4-7", LIST_DAY, 0.2025),
        ("claude-sonnet-4-5", LIST_DAY, 0.1215),
        ("gpt-5.5", LIST_DAY, 0.20),
        ("gpt-5-codex", LIST_DAY, 0.055),
    ],
)
def test_prices_worked_out_by_hand(model: str, day: str, usd: float) -> None:
    # 100,000 in, of which 80,000 read and 10,000 written; 2,000 out. OpenAI bills no writes apart.
    written = 10_000 if model.startswith("claude") else 0
    rates = PRICES.rates(model, number(day))
    assert cost(rates, 20_000 - written, written, 0, 80_000, 2_000) == (pytest.approx(usd), 0)


def test_o3_became_cheaper_on_a_day() -> None:
    for day, prices in (("2025-06-09", (10, 40)), ("2025-06-10", (2, 8))):
        rates = PRICES.rates("o3", number(day))
        assert rates is not None
        assert (rates.input, rates.output) == prices


def test_a_tier_is_of_one_request() -> None:
    assert PRICES.tier_start("claude-sonnet-4-5", number(LIST_DAY)) == 200_000
    base, upper = (
        PRICES.rates("claude-sonnet-4-5", number(LIST_DAY), upper=above) for above in (False, True)
    )
    assert base is not None
    assert upper is not None
    assert (base.input, base.output, base.cache_write_1h) == (3, 15, 6)
    assert (upper.input, upper.output, upper.cache_write_1h) == (6, 22.5, 12)
    assert PRICES.tier_start("claude-sonnet-4-6", number("2026-03-12")) == 200_000
    assert PRICES.tier_start("claude-sonnet-4-6", number("2026-03-13")) is None
    assert PRICES.tier_start("no-such-model", number(LIST_DAY)) is None
    flat = PRICES.rates("claude-opus-4-7", number(LIST_DAY), upper=True)
    assert flat == PRICES.rates("claude-opus-4-7", number(LIST_DAY))


def test_where_the_hour_matters_the_price_of_most_hours_holds() -> None:
    chat = PRICES.rates("deepseek-chat", number(LIST_DAY))  # full price 00:30-16:30
    flash = PRICES.rates("deepseek-v4-flash", number(LIST_DAY))  # dearer 01-04 and 06-10
    earlier = PRICES.rates("deepseek-v4-flash", number("2026-08-20"))
    assert chat is not None
    assert flash is not None
    assert earlier is not None
    assert (chat.input, chat.output) == (0.27, 1.1)
    assert (flash.input, flash.output) == (0.15, 0.6)
    assert (earlier.input, earlier.output) == (0.22, 0.66)


FOUND = [
    "claude-opus-4-1",
    "claude-opus-4-5",
    "claude-opus-4-6",
    "claude-opus-4-7",
    "claude-opus-4-8",
    "claude-opus-5",
    "claude-sonnet-4-5",
    "claude-sonnet-4-6",
    "claude-sonnet-5",
    "claude-haiku-4-5",
    "claude-fable-5",
    "claude-3-opus-20240229",
    "claude-3-5-haiku-20241022",
    "gpt-4o",
    "gpt-4",
    "gpt-4-turbo",
    "gpt-4.1",
    "gpt-5",
    "gpt-5-codex",
    "gpt-5.1",
    "gpt-5.1-codex",
    "gpt-5.1-codex-max",
    "gpt-5.2",
    "gpt-5.2-codex",
    "gpt-5.3-codex",
    "gpt-5.4",
    "gpt-5.4-mini",
    "gpt-5.4-nano",
    "gpt-5.5",
    "gpt-5.6",
    "gpt-5.6-luna",
    "o3",
    "o4-mini",
    "gpt-5-1",
    "gpt-5-2",
    "gpt-5-5",
    "gpt-5-6",
    "gemini-2.5-pro",
    "gemini-3-pro-preview",
    "gemini-3-flash-preview",
    "gemini-3.5-flash",
    "gemini-3.6-flash",
    "kimi-k2",
    "kimi-k2-thinking",
    "kimi-k2.5",
    "kimi-k3",
    "glm-4.7",
    "glm-5",
    "deepseek-chat",
    "deepseek-v3.2",
    "deepseek-v4-flash",
    "grok-4",
    "grok-4.6",
    "grok-code-fast-1",
    "minimax-m2",
    "mistral-large-latest",
    "z-ai/glm-4.6",
    "qwen/qwen3-coder",
    "composer-2.5",
]
MISSING = [
    "claude-haiku-5",
    "gpt-5.6-mini",
    "gpt-5-6-mini",
    "codex-mini-latest",
    "gemini-3.1-pro",
    "glm-4.6",
    "qwen3-coder",
    "deepseek-v4",
    "devstral-2",
    "composer-1",
    "auto",
    "default",
    "llama-3.3-70b",
    "<synthetic>",
    "unknown",
]


@pytest.mark.parametrize("model", FOUND)
def test_models_with_a_price(model: str) -> None:
    rates = PRICES.rates(model, number(LIST_DAY))
    assert rates is not None
    assert rates.input
    assert rates.output


@pytest.mark.parametrize("model", [*MISSING, ""])
def test_models_without_a_price_stay_unknown(model: str) -> None:
    assert PRICES.rates(model, number(LIST_DAY)) is None
    assert PRICES.cost_of(
        model, number(LIST_DAY), upper=False, input=1, cache_write_5m=20, cache_write_1h=300,
        cache_read=4_000, output=50_000,
    ) == (None, 54_321)  # fmt: skip


@pytest.mark.parametrize(
    ("name", "listed"),
    [
        ("text-davinci-002-render-sha", "gpt-3.5-turbo"),
        ("gpt-4-browsing", "gpt-4"),
        ("gpt-4-1-mini", "gpt-4.1-mini"),
        ("gpt-5-t-mini", "gpt-5-mini"),
        ("gpt-5-mini", "gpt-5-mini"),
        ("gpt-5-thinking", "gpt-5"),
        ("gpt-5-instant", "gpt-5"),
        ("gpt-5-pro", "gpt-5-pro"),
        ("gpt-5-5-thinking", "gpt-5.5"),
        ("gpt-5-codex-high", "gpt-5"),
        ("openai/gpt-5.4", "openai/gpt-5.4"),  # the host's own price
        ("openai-codex/gpt-5.4", "gpt-5.4"),
        ("gpt-4-1106-preview", "gpt-4-turbo"),
        ("gpt-5.2-20251211", "gpt-5.2"),
        ("gemini-3-pro", "gemini-3-pro-preview"),
        ("models/gemini-2.5-pro", "gemini-2.5-pro"),
        ("us.anthropic.claude-sonnet-4-20250514-v1:0", "claude-sonnet-4-0"),
        ("anthropic.claude-v2:1", "claude-2"),
        ("anthropic/claude-opus-4-7", "claude-opus-4-7"),
        ("claude-opus-4-5@20251101", "claude-opus-4-5"),
        ("claude-sonnet-5@20260601", "claude-sonnet-5"),
        ("claude-sonnet-5[1m]", "claude-sonnet-5"),
        ("claude-sonnet-5-20260601[1m]", "claude-sonnet-5"),
        ("claude-opus-5-thinking-high", "claude-opus-5"),
        ("claude-4.5-sonnet-thinking", "claude-sonnet-4-5"),
        ("claude-4-sonnet", "claude-sonnet-4-0"),
        (" Claude-Sonnet-4.5 ", "claude-sonnet-4-5"),
    ],
)
def test_names_in_logs_find_the_name_in_the_list(name: str, listed: str) -> None:
    rates = PRICES.rates(name, number(LIST_DAY))
    assert rates is not None
    assert rates.model == listed


def test_an_hour_of_cache_costs_anthropics_double() -> None:
    for model in ("claude-sonnet-4-5", "claude-opus-4-8", "claude-3-haiku"):
        rates = PRICES.rates(model, number(LIST_DAY))
        assert rates is not None
        assert rates.input is not None
        assert rates.cache_write_1h == pytest.approx(2 * rates.input)
    old = PRICES.rates("claude-2.1", number(LIST_DAY))  # knew no cache
    assert old is not None
    assert (old.cache_write_5m, old.cache_write_1h) == (None, None)


def test_a_class_without_a_price_is_unpriced_and_never_free() -> None:
    rates = Rates(input=2, output=10)
    assert cost(rates, 1_000_000, 5, 6, 7, 0) == (2, 18)
    assert cost(rates, 0, 5, 6, 7, 0) == (None, 18)
    assert cost(rates, 0, 0, 0, 0, 0) == (0, 0)
    assert cost(Rates(input=0, output=0), 9, 0, 0, 0, 9) == (0, 0)  # free is known


counts = st.tuples(*[st.integers(0, 10**9)] * 5)


@given(counts, counts, st.sampled_from(MODELS), st.booleans())
def test_costs_add_up(
    one: tuple[int, ...], other: tuple[int, ...], model: str, upper: bool
) -> None:
    rates = PRICES.rates(model, number(LIST_DAY), upper=upper)
    parts = [cost(rates, *one), cost(rates, *other)]
    whole = cost(rates, *(a + b for a, b in zip(one, other, strict=True)))
    assert whole[1] == sum(part[1] for part in parts)
    assert whole[0] == pytest.approx(sum(part[0] or 0 for part in parts), rel=1e-9)
