"""Exit statuses."""

DONE, PARTLY, USAGE, FAILED = range(4)
