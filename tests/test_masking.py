"""Secrets are made here at random and never stand in a file."""

import inspect
import random
import string
import subprocess
import sys
from collections.abc import Callable
from importlib import import_module

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tokenworth.masking import KINDS, mask

LETTERS = string.ascii_letters + string.digits
URL_SAFE = LETTERS + "-_"
Draw = Callable[[random.Random], str]


def some(rng: random.Random, length: int, letters: str = LETTERS) -> str:
    return "".join(rng.choices(letters, k=length))


def one_of(rng: random.Random, *parts: str) -> str:
    return rng.choice(parts)


def key_block(rng: random.Random) -> str:
    kind = one_of(rng, "", "RSA ", "EC ", "OPENSSH ") + "PRIVATE" + " KEY"
    lines = "\n".join(some(rng, 64, LETTERS + "+/") for _ in range(12))
    return f"-----BEGIN {kind}-----\n{lines}\n-----END {kind}-----"


SECRETS: dict[str, Draw] = {
    "AWS key": lambda r: (
        one_of(r, "AK", "AS") + "IA" + some(r, 16, string.ascii_uppercase + "234567")
    ),
    "GitHub token": lambda r: one_of(
        r,
        "ghp_" + some(r, 36),
        "gho_" + some(r, 36),
        "github_pat_" + some(r, 22) + "_" + some(r, 59),
    ),
    "GitLab token": lambda r: "glpat-" + some(r, 20, URL_SAFE),
    "Slack token": lambda r: f"xox{one_of(r, *'abprs')}-{some(r, 11, string.digits)}-{some(r, 24)}",
    "OpenAI key": lambda r: one_of(r, "sk-" + some(r, 48), "sk-proj-" + some(r, 120, URL_SAFE)),
    "Anthropic key": lambda r: "sk-ant-api03-" + some(r, 93, URL_SAFE) + "AA",
    "Google key": lambda r: "AI" + "za" + some(r, 35, URL_SAFE),
    "Stripe key": lambda r: one_of(r, "sk", "rk") + "_live_" + some(r, 24),
    "JSON web token": lambda r: ".".join(
        ("ey" + "J" + some(r, 33, URL_SAFE), some(r, 80, URL_SAFE), some(r, 43, URL_SAFE))
    ),
    "private key": key_block,
    "URL password": lambda r: f"https://{some(r, 6)}:{some(r, 14)}@git.example.org/x.git",
    "npm token": lambda r: "npm_" + some(r, 36),
    "PyPI token": lambda r: "pypi-AgEIcHlwaS5vcmc" + some(r, 120, URL_SAFE),
    "Hugging Face token": lambda r: "hf_" + some(r, 34),
    "SendGrid key": lambda r: f"SG.{some(r, 22, URL_SAFE)}.{some(r, 43, URL_SAFE)}",
    "Twilio key": lambda r: one_of(r, "SK", "AC") + some(r, 32, "0123456789abcdef"),
    "Azure key": lambda r: "AccountKey=" + some(r, 86, LETTERS + "+/") + "==",
    "bearer token": lambda r: "Authorization: Bearer " + some(r, 40, LETTERS + "._~+/"),
    "password": lambda r: (
        one_of(r, "DB_PASSWORD=", 'api_key = "', '"secret": "', "token: ")
        + some(r, r.randint(12, 30), LETTERS + "!@#$%^&*")
    ),
    "database password": lambda r: f"postgresql://app:{some(r, 16)}@db.example.org:5432/main",
}
SETTINGS = (
    "{}",
    "export KEY='{}'",
    'curl -H "X: {}" https://example.org',
    "see\n{}\nbelow",
    '{{"a":"{}"}}',
)


ORDINARY = (
    "argparse ast ftplib getpass http.client imaplib inspect logging secrets smtplib ssl "
    "subprocess tarfile tokenize typing urllib.parse uuid zipfile"
)


def harmless() -> list[str]:
    """Return lines of other people's ordinary code, much of it about tokens and passwords."""
    sources = [inspect.getsource(import_module(name)) for name in ORDINARY.split()]
    lines = [line for source in sources for line in source.splitlines()]
    return [line for line in lines if line.strip()][:10_000]


def test_the_rules_and_the_planted_secrets_are_of_the_same_kinds() -> None:
    assert set(KINDS) == set(SECRETS)
    assert len(KINDS) == 20


def test_planted_secrets_are_found() -> None:
    rng = random.Random(20261123)
    missed: list[str] = []
    for kind, make in SECRETS.items():
        for number in range(50):
            secret = make(rng)
            core = max(secret.replace("\n", " ").replace("@", " ").split(), key=len)[-20:]
            if f"[masked: {kind}, " not in mask(SETTINGS[number % 5].format(secret)):
                missed.append(f"{kind}: {core}")
    assert len(missed) <= 10, missed


def test_nothing_of_a_token_is_left() -> None:
    rng = random.Random(7)
    token = "ghp_" + some(rng, 36)
    assert mask(f"git clone with {token}, please") == (
        "git clone with [masked: GitHub token, 40 characters], please"
    )
    password = "x9" + some(rng, 10)
    assert mask(f"postgres://app:{password}@db/main") == (
        "postgres://app:[masked: database password, 12 characters]@db/main"
    )
    block = key_block(rng)
    assert mask(f"a\n{block}\nb") == f"a\n[masked: private key, {len(block)} characters]\nb"
    assert "masked: private key" in mask(block[:300])  # an excerpt may have been cut


def test_harmless_lines_stay_as_they_are() -> None:
    lines = harmless()
    assert len(lines) == 10_000
    changed = [line for line in lines if mask(line) != line]
    assert len(changed) <= 1, changed


@pytest.mark.parametrize(
    "line",
    [
        "max_tokens=100000, token_count: 12,345 tokens=8k",
        'password = os.environ["DB_PASSWORD"]',
        "token = get_token2(request)",
        "secret: required|min:8",
        "password=<your password here>",
        "the password: correcthorsebatterystaple is only words",
        "token=config.v2.section3",
        "https://example.org:8080/path?x=1@2",
        "see http://localhost:3000 and ssh git@example.org:owner/name.git",
        "commit 3f2a9c1b7d4e5f60718293a4b5c6d7e8f9012345",
        "sk-learn, task-force-of-one, disk-usage-analyser",
    ],
)
def test_words_about_secrets_are_no_secrets(line: str) -> None:
    assert mask(line) == line


@given(st.text() | st.text(alphabet="AKIeyJsk-_:/@.= \npasword\"'"))
def test_any_text_can_be_masked_and_twice_is_once(text: str) -> None:
    once = mask(text)
    assert mask(once) == once


HOSTILE = """
import sys; sys.path.insert(0, sys.argv[1])
from tokenworth.masking import mask
parts = ["eyJ", "eyJ.", "://", "://a:", "-----BEGIN PRIVATE KEY-----", "sk-", "xoxb-", "token=",
         "password ", "Bearer ", "SG.a", "-", "a", "AKIA", "pwd:=", "postgres://", "api_key_access",
         "eyJaaaaaaaa.", "hf_", "glpat-", "github_pat_", "AccountKey=", "://a:b", "secret: a1"]
for part in parts:
    mask(part * (1_000_000 // len(part)))
    mask((part + "\\n") * (1_000_000 // (len(part) + 1)))
"""


def test_hostile_text_takes_no_more_than_its_length() -> None:
    # Time enough for 48 MB many times over; one pattern that backtracks would need hours.
    root = inspect.getfile(mask).rpartition("tokenworth")[0]
    subprocess.run([sys.executable, "-c", HOSTILE, root], check=True, timeout=120)


PARTS = st.sampled_from(
    ["password", "PassWord=", "token: ", "API_KEY", " = ", '"', "hunter2-X9!q", "Zx81-kR0",
     "Bearer ", "aB3dE6gH9jK2mN5pQ8", "\n", " ", "secret", "é", "of words "]
)  # fmt: skip


@given(st.lists(PARTS, max_size=12).map("".join))
def test_the_quick_way_masks_what_the_plain_way_does(text: str) -> None:
    """A letter that grows when lowered (İ) sends a text the plain way."""
    assert mask(text + " İ") == mask(text) + " İ"
