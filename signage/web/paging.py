"""Pages of long lists: which one is shown, and the way to the others."""

from flask import request, url_for


class Paging:
    """Page `number` (from 1) of a list of `total` rows, `per_page` to a page."""

    def __init__(self, *, total: int, per_page: int) -> None:
        self.total = total
        self.per_page = per_page
        self.pages = max(1, -(-total // per_page))
        wanted = request.args.get("page", "1")
        self.number = min(max(int(wanted), 1), self.pages) if wanted.isdecimal() else 1

    @property
    def offset(self) -> int:
        """The rows before this page."""
        return (self.number - 1) * self.per_page

    def address(self, number: int) -> str | None:
        """Return the address of another page with the same search, or None beyond the ends."""
        if not 1 <= number <= self.pages or request.endpoint is None:
            return None
        values = {**request.args.to_dict(), **(request.view_args or {}), "page": number}
        return url_for(request.endpoint, **values)
