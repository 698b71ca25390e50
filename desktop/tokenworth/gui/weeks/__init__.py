"""The parts of Weeks: its table, marks, words, and how periods are chosen."""
