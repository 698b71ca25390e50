"""Tokenworth: what came of AI sessions, beside what they burned."""

__version__ = "0.1.0"
