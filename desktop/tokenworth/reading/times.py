"""Times as tools write them, turned into milliseconds since 1970 in UTC."""

from datetime import UTC, datetime

_START = datetime(1970, 1, 1, tzinfo=UTC)
_DAY_MS = 86_400_000


def milliseconds(text: object) -> int | None:
    """Return the time an ISO 8601 text names, None if it names none; no zone means UTC."""
    try:
        moment = datetime.fromisoformat(text)  # type: ignore[arg-type] # no text: TypeError
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=UTC)
        since = moment - _START
    except (TypeError, ValueError, OverflowError):
        return None
    return since.days * _DAY_MS + since.seconds * 1000 + since.microseconds // 1000
