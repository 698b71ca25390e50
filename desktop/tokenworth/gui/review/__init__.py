"""The parts of Review: its head, cards, sweep, practice set, and what is revealed."""
