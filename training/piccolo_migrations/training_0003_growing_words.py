"""Words that people propose, words that were added here, and bridges to other lists."""

from enum import Enum

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns.base import OnDelete, OnUpdate
from piccolo.columns.column_types import Boolean, ForeignKey, Integer, Serial, Text, Timestamptz, Varchar
from piccolo.columns.defaults.timestamptz import TimestamptzNow
from piccolo.columns.indexes import IndexMethod
from piccolo.constraints import Check, Unique
from piccolo.table import Table


class Person(Table, tablename="person", schema=None):
    id = Serial(
        null=False,
        primary_key=True,
        unique=False,
        index=False,
        index_method=IndexMethod.btree,
        choices=None,
        db_column_name="id",
        secret=False,
    )


ID = "2026-11-24T00:16:24:891211"
VERSION = "1.38.0"
DESCRIPTION = "Growing words"


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="training", description=DESCRIPTION)

    manager.add_table(
        class_name="VocabularyWord",
        tablename="vocabulary_word",
        schema=None,
        columns=None,
    )

    manager.add_table(
        class_name="VocabularyBridge",
        tablename="vocabulary_bridge",
        schema=None,
        columns=None,
    )

    manager.add_table(
        class_name="WordProposal",
        tablename="word_proposal",
        schema=None,
        columns=None,
    )

    manager.add_column(
        table_class_name="VocabularyWord",
        tablename="vocabulary_word",
        column_name="kind",
        db_column_name="kind",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 255,
            "default": "",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": Enum("WordKind", {"OCCUPATION": "occupation", "SKILL": "skill"}),
            "db_column_name": None,
            "secret": False,
        },
        schema=None,
    )

    manager.add_column(
        table_class_name="VocabularyWord",
        tablename="vocabulary_word",
        column_name="word",
        db_column_name="word",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 60,
            "default": "",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema=None,
    )

    manager.add_column(
        table_class_name="VocabularyWord",
        tablename="vocabulary_word",
        column_name="entry",
        db_column_name="entry",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 60,
            "default": "",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema=None,
    )

    manager.add_column(
        table_class_name="VocabularyWord",
        tablename="vocabulary_word",
        column_name="added_by",
        db_column_name="added_by",
        column_class_name="ForeignKey",
        column_class=ForeignKey,
        params={
            "references": Person,
            "on_delete": OnDelete.restrict,
            "on_update": OnUpdate.cascade,
            "target_column": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": True,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema=None,
    )

    manager.add_column(
        table_class_name="VocabularyWord",
        tablename="vocabulary_word",
        column_name="added_at",
        db_column_name="added_at",
        column_class_name="Timestamptz",
        column_class=Timestamptz,
        params={
            "default": TimestamptzNow(),
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema=None,
    )

    manager.add_column(
        table_class_name="VocabularyBridge",
        tablename="vocabulary_bridge",
        column_name="scheme",
        db_column_name="scheme",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 255,
            "default": "",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": Enum(
                "Scheme",
                {
                    "ESCO": "esco",
                    "KBJI_2014": "kbji2014",
                    "KBJI_2026": "kbji2026",
                    "SKKNI": "skkni",
                },
            ),
            "db_column_name": None,
            "secret": False,
        },
        schema=None,
    )

    manager.add_column(
        table_class_name="VocabularyBridge",
        tablename="vocabulary_bridge",
        column_name="code",
        db_column_name="code",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 120,
            "default": "",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema=None,
    )

    manager.add_column(
        table_class_name="VocabularyBridge",
        tablename="vocabulary_bridge",
        column_name="label",
        db_column_name="label",
        column_class_name="Text",
        column_class=Text,
        params={
            "default": "",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema=None,
    )

    manager.add_column(
        table_class_name="VocabularyBridge",
        tablename="vocabulary_bridge",
        column_name="kind",
        db_column_name="kind",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 255,
            "default": "",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": Enum("WordKind", {"OCCUPATION": "occupation", "SKILL": "skill"}),
            "db_column_name": None,
            "secret": False,
        },
        schema=None,
    )

    manager.add_column(
        table_class_name="VocabularyBridge",
        tablename="vocabulary_bridge",
        column_name="entry",
        db_column_name="entry",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 60,
            "default": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": True,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema=None,
    )

    manager.add_column(
        table_class_name="VocabularyBridge",
        tablename="vocabulary_bridge",
        column_name="imported_at",
        db_column_name="imported_at",
        column_class_name="Timestamptz",
        column_class=Timestamptz,
        params={
            "default": TimestamptzNow(),
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema=None,
    )

    manager.add_column(
        table_class_name="WordProposal",
        tablename="word_proposal",
        column_name="kind",
        db_column_name="kind",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 255,
            "default": "",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": Enum("WordKind", {"OCCUPATION": "occupation", "SKILL": "skill"}),
            "db_column_name": None,
            "secret": False,
        },
        schema=None,
    )

    manager.add_column(
        table_class_name="WordProposal",
        tablename="word_proposal",
        column_name="word",
        db_column_name="word",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 60,
            "default": "",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema=None,
    )

    manager.add_column(
        table_class_name="WordProposal",
        tablename="word_proposal",
        column_name="typed",
        db_column_name="typed",
        column_class_name="Integer",
        column_class=Integer,
        params={
            "default": 1,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema=None,
    )

    manager.add_column(
        table_class_name="WordProposal",
        tablename="word_proposal",
        column_name="typed_at",
        db_column_name="typed_at",
        column_class_name="Timestamptz",
        column_class=Timestamptz,
        params={
            "default": TimestamptzNow(),
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": True,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema=None,
    )

    manager.add_column(
        table_class_name="WordProposal",
        tablename="word_proposal",
        column_name="made_at",
        db_column_name="made_at",
        column_class_name="Timestamptz",
        column_class=Timestamptz,
        params={
            "default": TimestamptzNow(),
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema=None,
    )

    manager.add_column(
        table_class_name="WordProposal",
        tablename="word_proposal",
        column_name="proposed_by",
        db_column_name="proposed_by",
        column_class_name="ForeignKey",
        column_class=ForeignKey,
        params={
            "references": Person,
            "on_delete": OnDelete.restrict,
            "on_update": OnUpdate.cascade,
            "target_column": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": True,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema=None,
    )

    manager.add_column(
        table_class_name="WordProposal",
        tablename="word_proposal",
        column_name="state",
        db_column_name="state",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 255,
            "default": "open",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": True,
            "index_method": IndexMethod.btree,
            "choices": Enum(
                "WordState",
                {
                    "OPEN": "open",
                    "JOINED": "joined",
                    "ACCEPTED": "accepted",
                    "REFUSED": "refused",
                },
            ),
            "db_column_name": None,
            "secret": False,
        },
        schema=None,
    )

    manager.add_column(
        table_class_name="WordProposal",
        tablename="word_proposal",
        column_name="entry",
        db_column_name="entry",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 60,
            "default": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema=None,
    )

    manager.add_constraint(
        table_class_name="VocabularyWord",
        tablename="vocabulary_word",
        constraint_name="vocabulary_word_kind_is_known",
        constraint_class=Check,
        params={"condition": "kind IN ('occupation', 'skill')"},
        schema=None,
    )

    manager.add_constraint(
        table_class_name="VocabularyWord",
        tablename="vocabulary_word",
        constraint_name="word_names_one_entry_of_each_kind",
        constraint_class=Unique,
        params={"columns": ["kind", "word"], "nulls_distinct": True},
        schema=None,
    )

    manager.add_constraint(
        table_class_name="VocabularyBridge",
        tablename="vocabulary_bridge",
        constraint_name="bridge_scheme_is_known",
        constraint_class=Check,
        params={"condition": "scheme IN ('esco', 'kbji2014', 'kbji2026', 'skkni')"},
        schema=None,
    )

    manager.add_constraint(
        table_class_name="VocabularyBridge",
        tablename="vocabulary_bridge",
        constraint_name="bridge_kind_is_known",
        constraint_class=Check,
        params={"condition": "kind IN ('occupation', 'skill')"},
        schema=None,
    )

    manager.add_constraint(
        table_class_name="VocabularyBridge",
        tablename="vocabulary_bridge",
        constraint_name="scheme_has_each_code_once",
        constraint_class=Unique,
        params={"columns": ["scheme", "code"], "nulls_distinct": True},
        schema=None,
    )

    manager.add_constraint(
        table_class_name="WordProposal",
        tablename="word_proposal",
        constraint_name="word_proposal_kind_is_known",
        constraint_class=Check,
        params={"condition": "kind IN ('occupation', 'skill')"},
        schema=None,
    )

    manager.add_constraint(
        table_class_name="WordProposal",
        tablename="word_proposal",
        constraint_name="word_proposal_state_is_known",
        constraint_class=Check,
        params={"condition": "state IN ('open', 'joined', 'accepted', 'refused')"},
        schema=None,
    )

    manager.add_constraint(
        table_class_name="WordProposal",
        tablename="word_proposal",
        constraint_name="word_is_proposed_once_for_each_kind",
        constraint_class=Unique,
        params={"columns": ["kind", "word"], "nulls_distinct": True},
        schema=None,
    )

    manager.add_constraint(
        table_class_name="WordProposal",
        tablename="word_proposal",
        constraint_name="word_that_means_something_says_what",
        constraint_class=Check,
        params={"condition": "(entry IS NOT NULL) = (state IN ('joined', 'accepted'))"},
        schema=None,
    )

    manager.add_column(
        table_class_name="Skill",
        tablename="skill",
        column_name="local",
        db_column_name="local",
        column_class_name="Boolean",
        column_class=Boolean,
        params={
            "default": False,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema=None,
    )

    return manager
