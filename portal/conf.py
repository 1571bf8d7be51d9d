"""Piccolo's settings; found through PICCOLO_CONF=portal.conf."""

import os

from piccolo.conf.apps import AppRegistry
from piccolo.engine.postgres import PostgresEngine


class Engine(PostgresEngine):
    """Connects when it is used, not when it is imported, so that a wrong address fails where it can be explained."""

    async def check_version(self) -> None:
        """`portal.database` refuses an old server with a sentence of its own."""


DB = Engine(config={"dsn": os.environ.get("DATABASE_URL", "")})
APP_REGISTRY = AppRegistry(
    apps=["portal.piccolo_app", "partners.piccolo_app", "training.piccolo_app", "jobs.piccolo_app"]
)
