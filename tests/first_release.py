"""A database as the first release left it, in SQL."""

from sqlalchemy import Engine

from survey.storage import postgresql, sqlite

# The rows of the first release, in SQL: the models of today may not fit the tables of then.
LITERALS = {
    "sqlite": {"id": f"X'{'01' * 16}'", "packed": "X'040204'", "content": "X'78'"},
    "postgresql": {
        "id": f"'{'01' * 16}'",
        "packed": r"'\x040204'",
        "content": r"'\x78'",
    },
}
POPULATE = [
    "INSERT INTO cycle VALUES (1, '2024', '2024-01-01', '2028-12-31')",
    "INSERT INTO unit (id, code, name, category, level, tags) "
    "VALUES (1, 'U1', '民政局', '政府部门', '', '{{}}')",
    "INSERT INTO evaluation (id, code, name, year, cycle_id, is_demo, created_at) "
    "VALUES (1, 'abcdefgh', '2026', 2026, 1, FALSE, 0)",
    "INSERT INTO questionnaire_version "
    "(id, questionnaire_id, version, digest, content, published_at) "
    "VALUES (1, 'service', 1, 'sha256:0', {content}, 0)",
    "INSERT INTO campaign (id, code, evaluation_id, questionnaire_version_id, audience, name, "
    "opens_at, closes_at, is_paused) VALUES (1, 'bcdefghj', 1, 1, 'citizen', '问卷', 0, 1, FALSE)",
    "INSERT INTO answer_sheet (campaign_id, unit_id, id, packed, bucket_at, is_held) "
    "VALUES (1, 1, {id}, {packed}, 0, FALSE)",
]


def engine_of(settings) -> Engine:
    """The engine that migrations run on."""
    if settings.sqlite_path is not None:
        return sqlite.migrating_engine(settings.sqlite_path)
    return postgresql.pooled_engine(settings)
