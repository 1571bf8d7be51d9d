"""What Piccolo needs to know of this app."""

from pathlib import Path

from piccolo.conf.apps import AppConfig, table_finder

APP_CONFIG = AppConfig(
    app_name="jobs",
    migrations_folder_path=str(Path(__file__).parent / "piccolo_migrations"),
    table_classes=table_finder(["jobs.tables", "jobs.fairness.tables"], exclude_imported=True),
    migration_dependencies=["partners.piccolo_app", "training.piccolo_app"],
)
