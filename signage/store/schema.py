"""What all tables share: one metadata, names for constraints, and column types."""

from sqlalchemy import BigInteger, Integer, MetaData, Text

metadata = MetaData(
    # Named constraints can be altered by a migration on every database.
    naming_convention={
        "ix": "ix_%(column_0_label)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

Millis = BigInteger
"""A moment: milliseconds since the epoch, UTC."""

Json = Text
"""A document kept as one JSON text, read and written whole through `signage.store.documents`."""

# SQLite counts rows by itself only in a column of exactly this type.
Counter = BigInteger().with_variant(Integer, "sqlite")
