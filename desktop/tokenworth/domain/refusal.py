"""What a person can act on."""


class Refusal(Exception):
    """Something the app will not or cannot do, in words, with what would mend it."""

    def __init__(self, words: str, mend: str = "") -> None:
        super().__init__(words)
        self.words = words
        self.mend = mend

    def __str__(self) -> str:
        return f"{self.words} {self.mend}".strip()
