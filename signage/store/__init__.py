"""The only home of SQL and of media files: rows through small repositories, blobs by their hash."""

from pathlib import Path

from sqlalchemy import make_url

from signage.store import migrations
from signage.store.alert_templates import AlertContacts, AlertTemplates
from signage.store.assets import Assets
from signage.store.blobs import Blobs
from signage.store.cap_messages import CapMessages
from signage.store.cap_sent import CapSent
from signage.store.commands import Commands
from signage.store.displays import Displays, Profiles, Sites
from signage.store.engine import open_engine
from signage.store.jobs import Jobs
from signage.store.ledger import Ledger
from signage.store.panels import Panels
from signage.store.people import Tokens, Users
from signage.store.playlists import Playlists
from signage.store.proposals import Proposals
from signage.store.renditions import DrawnRenditions
from signage.store.reports import Reports
from signage.store.rows import NotInTransaction, Rows
from signage.store.schedule import Schedule
from signage.store.submissions import Submissions
from signage.store.supplements import Supplements
from signage.store.units import Units
from signage.store.videos import Videos

__all__ = ["NotInTransaction", "Store"]


class Store(Ledger):
    """One installation's rows and files, shared by all threads; several processes may write."""

    def __init__(self, rows: Rows, media_root: Path) -> None:
        super().__init__(rows)
        self.blobs = Blobs(media_root / "blobs")
        self.originals = Blobs(media_root / "library")
        self.units = Units(rows)
        self.sites = Sites(rows)
        self.profiles = Profiles(rows)
        self.displays = Displays(rows)
        self.users = Users(rows)
        self.tokens = Tokens(rows)
        self.assets = Assets(rows)
        self.videos = Videos(rows)
        self.jobs = Jobs(rows)
        self.playlists = Playlists(rows)
        self.submissions = Submissions(rows)
        self.supplements = Supplements(rows)
        self.schedule = Schedule(rows)
        self.renditions = DrawnRenditions(rows)
        self.reports = Reports(rows)
        self.proposals = Proposals(rows)
        self.commands = Commands(rows)
        self.panels = Panels(rows)
        self.cap_messages = CapMessages(rows)
        self.cap_sent = CapSent(rows)
        self.alert_templates = AlertTemplates(rows)
        self.alert_contacts = AlertContacts(rows)

    @classmethod
    def open(cls, url: str, media_root: Path) -> "Store":
        """Open the database at `url`, the files under `media_root`; `upgrade` makes the tables."""
        database = make_url(url).database
        if database and make_url(url).get_backend_name() == "sqlite":
            Path(database).parent.mkdir(parents=True, exist_ok=True)
        return cls(Rows(open_engine(url)), media_root)

    def upgrade(self) -> None:
        """Bring the tables to the newest shape; running it twice changes nothing."""
        migrations.upgrade(self.rows.engine)

    def is_current(self) -> bool:
        """Say whether the tables have the newest shape."""
        return migrations.is_current(self.rows.engine)
