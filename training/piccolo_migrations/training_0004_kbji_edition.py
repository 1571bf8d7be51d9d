"""Which edition of KBJI the code of an occupation is from."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns.column_types import SmallInt
from piccolo.columns.indexes import IndexMethod

ID = "2026-11-30T12:04:00:000001"
VERSION = "1.38.0"
DESCRIPTION = "The edition of KBJI"


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="training", description=DESCRIPTION)

    manager.add_column(
        table_class_name="Occupation",
        tablename="occupation",
        column_name="kbji_edition",
        db_column_name="kbji_edition",
        column_class_name="SmallInt",
        column_class=SmallInt,
        params={
            "default": 2014,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
    )

    return manager
