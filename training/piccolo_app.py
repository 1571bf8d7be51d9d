"""What Piccolo needs to know of this app."""

from pathlib import Path

from piccolo.conf.apps import AppConfig, table_finder

APP_CONFIG = AppConfig(
    app_name="training",
    migrations_folder_path=str(Path(__file__).parent / "piccolo_migrations"),
    table_classes=table_finder(["training.tables"], exclude_imported=True),
    migration_dependencies=["portal.piccolo_app"],
)
