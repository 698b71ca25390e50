"""Estimates of tokens: counts that the public vocabularies give, and the measured factors."""

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tokenworth import estimating
from tokenworth.estimating import clean, count, output_tokens

TEXT = "hello world"  # two tokens in every vocabulary used here
LONG = "The quick brown fox jumps over the lazy dog. " * 100  # 10 tokens a sentence


def test_counts_are_those_of_the_vocabulary() -> None:
    assert count("") == 0
    assert count(TEXT) == 2
    assert count(LONG) == 1001  # the space at the end is one of its own


def test_what_looks_like_a_special_token_is_text() -> None:
    assert count("<|endoftext|>") > 1


@given(st.text(alphabet=st.characters()) | st.text(alphabet="a\ud83d\udc00é漢"))
def test_any_string_can_be_counted(text: str) -> None:
    assert 0 <= count(text) <= 4 * len(text) + 4


def test_long_text_is_cut_without_changing_its_count_much() -> None:
    text = LONG * 50
    assert len(text) > 4 * estimating.PIECE
    assert abs(count(text) - 50_000) <= 10


@pytest.mark.parametrize(
    ("model", "calls", "tokens"),
    [
        ("gpt-4o", 0, 1001 + 9),
        ("openai/gpt-5-5", 2, 1001 + 9 + 26),
        ("o3-mini-high", 0, 1001 + 9),
        ("gpt-4.1-mini", 0, 1001 + 9),
        ("gpt-4-1", 0, 1001 + 9),
        ("gpt-4-browsing", 1, 1001),  # cl100k gives these plain words the same count
        ("gpt-4-1106-preview", 0, 1001),
        ("text-davinci-002-render-sha", 0, 1001),
        ("gpt-3.5-turbo", 0, 1001),
        ("claude-3-5-sonnet-20241022", 0, 1201),
        ("claude-sonnet-4-20250514", 0, 1201),
        ("anthropic/claude-opus-4.6", 0, 1201),
        ("claude-opus-4-7", 0, 1502 + 12),
        ("claude-sonnet-5", 0, 1502 + 12),
        ("claude-fable-5", 3, 1572 + 3 * 39 + 5 * 12),
        ("claude", 0, 1351),
        ("gemini-3-flash", 0, 1071),
        ("grok-5", 0, 1101),
        ("", 0, 1101),
    ],
)
def test_each_family_has_its_factor(model: str, calls: int, tokens: int) -> None:
    assert output_tokens(model, LONG, calls, arguments=5 if calls == 3 else 0) == tokens


def test_older_models_are_counted_with_their_own_vocabulary() -> None:
    text = "안녕하세요 " * 50
    assert output_tokens("gpt-4", text) == count(text, estimating.CL100K)
    assert output_tokens("gpt-4", text) > count(text)


def test_open_models_are_counted_with_their_own_vocabulary() -> None:
    assert output_tokens("deepseek-chat", TEXT) == 2
    assert output_tokens("qwen/qwen3-coder", TEXT) == 2


@pytest.fixture
def without_a_tokenizer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "splintr", None)
    monkeypatch.setattr(estimating, "_vocabulary", estimating._vocabulary.__wrapped__)


@pytest.mark.usefixtures("without_a_tokenizer")
def test_without_a_tokenizer_characters_are_counted() -> None:
    assert count("x" * 380) == 100
    assert count("漢" * 350) == 100
    assert output_tokens("deepseek-chat", "x" * 380) == 105
    assert output_tokens("gpt-4o", "x" * 380) == 109


def test_citation_marks_and_data_urls_are_not_what_the_model_wrote() -> None:
    assert clean("Rain.\ue200cite\ue202turn0search1\ue201 Sun.") == "Rain. Sun."
    assert clean("a\ue200open and b\ue202c") == "aopen and bc"
    assert clean("![x](data:image/png;base64,iVBORw0KGgo=) done") == "![x]() done"
    assert clean("data: none") == "data: none"


@given(st.text(alphabet="a\ue200\ue201\ue202 \nd"))
def test_no_citation_mark_is_left(text: str) -> None:
    assert not set(clean(text)) & {"\ue200", "\ue201", "\ue202"}
