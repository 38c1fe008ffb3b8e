"""Pictures added to an approved submission for a new profile; nothing else of it changes."""

from sqlalchemy import update

from signage.domain.review import Submission
from signage.store.documents import to_text
from signage.store.rows import Rows
from signage.store.submissions import submissions


class Supplements:
    """The one way in which the pictures of a submission grow after it was approved."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    def save(self, submission: Submission) -> None:
        """Keep the pictures of a supplemented submission."""
        same = submissions.c.id == submission.id
        renditions = to_text(submission.renditions)
        self._rows.write(update(submissions).where(same).values(renditions=renditions))
