"""What a display says while people meet in front of it: quietly, that there is a meeting."""

from datetime import UTC, datetime, timedelta, timezone

from signage.domain.display import Profile
from signage.render.fallback import render_fallback
from signage.render.frames import Frame

# Viet Nam keeps one offset and no summer time.
_LOCAL = timezone(timedelta(hours=7))


def render_meeting(profile: Profile, until_ms: int) -> Frame:
    """Draw "a meeting is on" with its end, as calm as the safe slide; it never refuses."""
    until = datetime.fromtimestamp(until_ms / 1000, UTC).astimezone(_LOCAL)
    return render_fallback(profile, "Đang họp", f"đến {until:%H:%M}")
