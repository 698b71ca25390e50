"""Secrets in text are replaced by words saying what stood there and how long it was.

Every rule has literal anchors: its pattern is tried only on a text that holds one of them. No
pattern can backtrack without bound, so hostile text costs no more time than any other.
"""

import math
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

_ENTROPY = 2.75
"""Bits a character above which a value next to "password" is taken for one."""
_START = r"(?<![A-Za-z0-9_-])"
_END = r"(?![A-Za-z0-9_-])"
_DATABASES = (
    r"postgres(?:ql)?|mysql|mariadb|mongodb|rediss?|amqps?|mssql|oracle|clickhouse|cockroachdb"
)
_ATTRIBUTE = re.compile(r"[A-Za-z_]\w{0,60}(?:\.[A-Za-z_]\w{0,60}){1,4}")


def _always(_value: str) -> bool:
    return True


def _looks_secret(value: str) -> bool:
    """Tell a password from a word, a path, a name or a number."""
    if not any(letter.isalpha() for letter in value):
        return False
    if all(letter.isalpha() or letter in "_.-/$" for letter in value):
        return False
    if _ATTRIBUTE.fullmatch(value):
        return False
    if value.startswith(("/", "./", "../", "$", "http")) and value.count("/") != 1:
        return False
    counts = Counter(value).values()
    bits = -sum(n / len(value) * math.log2(n / len(value)) for n in counts)
    return bits >= _ENTROPY


@dataclass(frozen=True)
class _Rule:
    """One kind of secret; the group "value" is masked where the pattern has one."""

    kind: str
    anchors: tuple[str, ...]
    pattern: re.Pattern[str]
    counts: Callable[[str], bool] = _always
    any_case: bool = False  # the anchors are lower case and the text may not be

    def apply(self, text: str, lowered: str) -> str:
        searched = lowered if self.any_case else text
        if not any(map(searched.__contains__, self.anchors)):
            return text
        if self.any_case and len(lowered) == len(text):
            return self._apply_folded(text, lowered)
        return self.pattern.sub(self._masked, text)

    def _apply_folded(self, text: str, lowered: str) -> str:
        """Look in the lowered text: a pattern that heeds case is several times as quick."""
        parts, at = [], 0
        for found in _folded(self.pattern).finditer(lowered):
            begin, end = found.span("value")
            value = text[begin:end]
            if self.counts(value):
                parts += [text[at:begin], f"[masked: {self.kind}, {len(value)} characters]"]
                at = end
        return "".join([*parts, text[at:]]) if parts else text

    def _masked(self, found: re.Match[str]) -> str:
        group = "value" if "value" in self.pattern.groupindex else 0
        value = found[group]
        if not self.counts(value):
            return found[0]
        begin, end = found.span(group)
        whole = found[0]
        offset = found.start()
        words = f"[masked: {self.kind}, {len(value)} characters]"
        return whole[: begin - offset] + words + whole[end - offset :]


@cache
def _folded(pattern: re.Pattern[str]) -> re.Pattern[str]:
    """Return a pattern for lowered texts."""
    return re.compile(pattern.pattern.removeprefix("(?i)"), pattern.flags & ~re.IGNORECASE)


def _rule(kind: str, anchors: str, pattern: str) -> _Rule:
    return _Rule(kind, tuple(anchors.split()), re.compile(pattern))


_RULES = (
    _Rule(
        "private key",
        ("PRIVATE KEY",),
        re.compile(
            r"-----BEGIN [A-Z0-9 ]{0,30}PRIVATE KEY(?: BLOCK)?-----"
            r"[^-]*+(?:-(?!----)[^-]*+)*"
            r"(?:-----END [A-Z0-9 ]{0,30}PRIVATE KEY(?: BLOCK)?-----)?"
        ),
    ),
    _rule("AWS key", "AKIA ASIA", _START + r"A[KS]IA[A-Z0-9]{16}" + _END),
    _rule(
        "GitHub token",
        "ghp_ gho_ ghs_ ghu_ ghr_ github_pat_",
        _START + r"(?:gh[posur]_[A-Za-z0-9]{30,255}+|github_pat_[A-Za-z0-9_]{50,255}+)",
    ),
    _rule("GitLab token", "glpat-", _START + r"glpat-[A-Za-z0-9_.-]{20,300}+"),
    _rule("Slack token", "xox", _START + r"xox[a-z]-[A-Za-z0-9-]{10,250}+"),
    _rule("Anthropic key", "sk-ant-", _START + r"sk-ant-[A-Za-z0-9_-]{20,250}+"),
    _rule(
        "OpenAI key",
        "sk-",
        _START
        + r"sk-(?:(?:proj|svcacct|admin)-[A-Za-z0-9_-]{20,250}+|[A-Za-z0-9]{32,250}+)"
        + _END,
    ),
    _rule("Google key", "AIza", _START + r"AIza[A-Za-z0-9_-]{35}" + _END),
    _rule(
        "Stripe key",
        "k_live_ k_test_",
        _START + r"[rs]k_(?:live|test)_[A-Za-z0-9]{16,250}+" + _END,
    ),
    _rule(
        "JSON web token",
        "eyJ",
        _START + r"eyJ[A-Za-z0-9_-]{8,}+\.[A-Za-z0-9_-]{8,}+(?:\.[A-Za-z0-9_-]*+)?",
    ),
    _rule("npm token", "npm_", _START + r"npm_[A-Za-z0-9]{36,250}+" + _END),
    _rule("PyPI token", "pypi-", _START + r"pypi-[A-Za-z0-9_-]{40,500}+"),
    _rule("Hugging Face token", "hf_", _START + r"hf_[A-Za-z0-9]{30,250}+" + _END),
    _rule("SendGrid key", "SG.", _START + r"SG\.[A-Za-z0-9_-]{16,64}+\.[A-Za-z0-9_-]{16,128}+"),
    _rule("Twilio key", "SK AC", _START + r"(?:SK|AC)[0-9a-f]{32}" + _END),
    _rule("Azure key", "AccountKey=", r"AccountKey=(?P<value>[A-Za-z0-9+/]{40,120}+={0,2})"),
    _Rule(
        "database password",
        ("://",),
        re.compile(
            rf"\b(?:{_DATABASES})(?:\+[a-z0-9]{{1,20}})?://[^\s/:@\[]{{0,100}}+"
            r":(?P<value>[^\s/@\[]{1,200}+)@",
            re.IGNORECASE,
        ),
    ),
    _rule("URL password", "://", r"://[^\s/:@\[]{0,100}+:(?P<value>[^\s/@\[]{1,200}+)@"),
    _Rule(
        "bearer token",
        ("bearer ",),
        re.compile(r"(?i)\bbearer\s(?P<value>[A-Za-z0-9._~+/=-]{16,}+)"),
        _looks_secret,
        any_case=True,
    ),
    _Rule(
        "password",
        (
            "password",
            "passwd",
            "pwd",
            "passphrase",
            "secret",
            "token",
            "apikey",
            "api_key",
            "api-key",
        ),
        re.compile(
            r"(?i)(?:password|passwd|pwd|passphrase|secret|token|api[_-]?key)"
            r"""(?:[_-]?access)?(?:[_-]?key)?["']?[ \t]{0,3}(?:=>|:=|[:=])[ \t]{0,3}["']?"""
            r"(?P<value>[A-Za-z0-9+/=_.!@#$%^&*~?-]{8,200}+)(?![A-Za-z0-9(\[{<])"
        ),
        _looks_secret,
        any_case=True,
    ),
)

KINDS = tuple(rule.kind for rule in _RULES)
_EXACT = tuple(anchor for rule in _RULES if not rule.any_case for anchor in rule.anchors)
_ANY_CASE = tuple(anchor for rule in _RULES if rule.any_case for anchor in rule.anchors)


def mask(text: str) -> str:
    """Return ``text`` with each secret replaced by ``[masked: KIND, N characters]``."""
    lowered = text.lower()
    if not any(map(text.__contains__, _EXACT)) and not any(map(lowered.__contains__, _ANY_CASE)):
        return text  # nearly every text: so the rules are not asked one by one
    for rule in _RULES:
        text = rule.apply(text, lowered)
    return text


EXCERPT = 2_000
"""Characters kept of a first request and of a last answer."""
_EXCERPT_SOURCE = 16_000  # masked before it is cut, so that no half of a secret is left


def excerpt(text: str) -> str:
    """Return the beginning of a text, at most EXCERPT characters, secrets masked."""
    return mask(text[:_EXCERPT_SOURCE])[:EXCERPT]
