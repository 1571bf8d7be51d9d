"""Says of each placement what kind of work it is; a business of one's own is one in full."""

from enum import Enum

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns.column_types import Varchar
from piccolo.columns.indexes import IndexMethod
from piccolo.constraints import Check

ID = "2026-11-23T16:41:52:368710"
VERSION = "1.38.0"
DESCRIPTION = "Kinds of work"


async def forwards():
    manager = MigrationManager(migration_id=ID, app_name="jobs", description=DESCRIPTION)

    manager.add_column(
        table_class_name="Placement",
        tablename="placement",
        column_name="kind",
        db_column_name="kind",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 255,
            "default": "employed",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": Enum(
                "WorkKind",
                {
                    "EMPLOYED": "employed",
                    "DAILY": "daily",
                    "OWN": "own",
                    "FAMILY": "family",
                    "VOLUNTEER": "volunteer",
                },
            ),
            "db_column_name": None,
            "secret": False,
        },
        schema=None,
    )

    manager.add_constraint(
        table_class_name="Placement",
        tablename="placement",
        constraint_name="placement_kind_is_known",
        constraint_class=Check,
        params={"condition": "kind IN ('employed', 'daily', 'own', 'family', 'volunteer')"},
        schema=None,
    )

    return manager
