"""Ways in: offices with quota places, several tokens of a link, invitations."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

# a unit's own sheets of before count as signed by the unit: unsigned ones are drafts now
_SIGN_OWN_SHEETS = """
UPDATE office_sheet SET signed_by = (
    SELECT rater.name FROM rater JOIN rating_pair ON rating_pair.rater_id = rater.id
    WHERE rating_pair.id = office_sheet.rating_pair_id
) WHERE rating_pair_id IN (
    SELECT rating_pair.id FROM rating_pair JOIN campaign ON campaign.id = rating_pair.campaign_id
    WHERE campaign.audience = 'self'
)
"""
_NEVER_SAMPLED = (
    ("roster_entry", "address"),
    ("roster_entry", "refusal"),
    ("inbox", "packed"),
    ("inbox", "texts"),
    ("answer_sheet", "packed"),
    ("open_answer", "text"),
    ("office_sheet", "packed"),
    ("office_sheet", "texts"),
    ("evidence_file", "content"),
)
_UUID = sa.LargeBinary(16).with_variant(sa.Uuid(), "postgresql")


def upgrade() -> None:
    _rebuild_ways()
    _make_tables_on_ways()
    _keep_out_of_samples()


def _keep_out_of_samples() -> None:
    """Let PostgreSQL take no samples of what is erased one day: they would outlive the rows."""
    if op.get_bind().dialect.name == "postgresql":
        for table, column in _NEVER_SAMPLED:
            op.execute(f"ALTER TABLE {table} ALTER COLUMN {column} SET STATISTICS 0")


def _rebuild_ways() -> None:
    """Give each office one link a quota place; its links of before become tokens of that one."""
    rows = {name: _all(name) for name in ("rating_pair", "link", "office_sheet")}
    for name in ("office_sheet", "link", "rating_pair"):
        op.drop_table(name)
    _make_ways()
    raters = {
        key: number
        for number, key in enumerate(
            dict.fromkeys((row["campaign_id"], row["rater_code"]) for row in rows["rating_pair"]), 1
        )
    }
    names = {
        (row["campaign_id"], row["rater_code"]): row["rater_name"] for row in rows["rating_pair"]
    }
    _insert(
        "rater",
        [
            {"id": raters[key], "campaign_id": key[0], "code": key[1], "name": names[key]}
            for key in raters
        ],
    )
    pairs = [
        {
            "id": row["id"],
            "campaign_id": row["campaign_id"],
            "unit_id": row["unit_id"],
            "rater_id": raters[row["campaign_id"], row["rater_code"]],
            "quota": 1,
        }
        for row in rows["rating_pair"]
    ]
    _insert("rating_pair", pairs)
    _insert_links(rows["link"], {pair["id"]: pair["rater_id"] for pair in pairs})
    _insert(
        "office_sheet",
        [row | {"quota_place": 1, "has_no_dealings": False} for row in rows["office_sheet"]],
    )
    op.execute(_SIGN_OWN_SHEETS)


def _insert_links(rows: list[dict[str, Any]], rater_of_pair: dict[int, int]) -> None:
    links: list[dict[str, Any]] = []
    tokens: list[dict[str, Any]] = []
    link_of_rater: dict[int, int] = {}
    for row in rows:
        link = {
            name: row[name]
            for name in ("id", "campaign_id", "unit_id", "kind", "state", "code", "place")
        }
        link |= {"is_kiosk": False, "rater_id": None, "quota_place": None}
        if row["rating_pair_id"] is not None:
            rater_id = rater_of_pair[row["rating_pair_id"]]
            known = rater_id in link_of_rater
            link_of_rater.setdefault(rater_id, row["id"])
            state = "void" if row["state"] == "void" else "unused"
            link |= {"unit_id": None, "rater_id": rater_id, "quota_place": 1, "state": state}
        else:
            known = False
        if not known:
            links.append(link)
        if row["token_hash"] is not None:
            tokens.append(
                {
                    "token_hash": row["token_hash"],
                    "link_id": link_of_rater.get(link["rater_id"], row["id"]),
                }
            )
    _insert("link", links)
    _insert("link_token", sorted(tokens, key=lambda token: token["token_hash"]))


def _all(name: str) -> list[dict[str, Any]]:
    table = sa.Table(name, sa.MetaData(), autoload_with=op.get_bind())
    return [dict(row) for row in op.get_bind().execute(table.select()).mappings()]


def _insert(name: str, rows: list[dict[str, Any]]) -> None:
    bind = op.get_bind()
    table = sa.Table(name, sa.MetaData(), autoload_with=bind)
    if rows:
        bind.execute(table.insert(), rows)
    if rows and "id" in table.c and bind.dialect.name == "postgresql":
        bind.execute(
            sa.text(f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), max(id)) FROM {name}")
        )


def _make_ways() -> None:
    op.create_table(
        "rater",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaign.id"], name=op.f("fk_rater_campaign_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rater")),
        sa.UniqueConstraint("campaign_id", "code", name="one_rater_per_code"),
    )
    op.create_table(
        "rating_pair",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("rater_id", sa.Integer(), nullable=False),
        sa.Column("quota", sa.Integer(), server_default="1", nullable=False),
        sa.Column("withdrawn_at", sa.BigInteger(), nullable=True),
        sa.Column("is_scrub_due", sa.Boolean(), server_default="false", nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaign.id"], name=op.f("fk_rating_pair_campaign_id")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_rating_pair_unit_id")),
        sa.ForeignKeyConstraint(["rater_id"], ["rater.id"], name=op.f("fk_rating_pair_rater_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rating_pair")),
        sa.UniqueConstraint("rater_id", "unit_id", name="one_pair_per_rater_and_unit"),
    )
    op.create_index(op.f("ix_rating_pair_campaign_id"), "rating_pair", ["campaign_id"])
    op.create_table(
        "link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=True),
        sa.Column("place", sa.String(), nullable=True),
        sa.Column("is_kiosk", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("rater_id", sa.Integer(), nullable=True),
        sa.Column("quota_place", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(kind IN ('open', 'rotating')) = (code IS NOT NULL)", name="public_links_have_a_code"
        ),
        sa.CheckConstraint(
            "(kind = 'partner') = (rater_id IS NOT NULL)", name="partners_have_a_rater"
        ),
        sa.CheckConstraint("(kind = 'partner') = (unit_id IS NULL)", name="others_have_a_unit"),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name=op.f("fk_link_campaign_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_link_unit_id")),
        sa.ForeignKeyConstraint(["rater_id"], ["rater.id"], name=op.f("fk_link_rater_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_link")),
        sa.UniqueConstraint("code", name=op.f("uq_link_code")),
        sa.UniqueConstraint("rater_id", "quota_place", name="one_link_per_quota_place"),
    )
    op.create_index("link_of_campaign_and_unit", "link", ["campaign_id", "unit_id"])
    op.create_table(
        "link_token",
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("link_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["link_id"], ["link.id"], name=op.f("fk_link_token_link_id")),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_link_token")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_link_token_link_id"), "link_token", ["link_id"])
    op.create_table(
        "code_batch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=True),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("request_key", sa.String(), nullable=True),
        sa.Column("issued_by", sa.String(), nullable=False),
        sa.Column("issued_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaign.id"], name=op.f("fk_code_batch_campaign_id")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_code_batch_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_code_batch")),
        sa.UniqueConstraint("campaign_id", "request_key", name="one_batch_per_request"),
    )
    op.create_index(op.f("ix_code_batch_campaign_id"), "code_batch", ["campaign_id"])
    op.create_table(
        "office_sheet",
        sa.Column("rating_pair_id", sa.Integer(), nullable=False),
        sa.Column("quota_place", sa.Integer(), server_default="1", nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("sheet_id", _UUID, nullable=False),
        sa.Column("packed", sa.LargeBinary(), nullable=False),
        sa.Column("received_at", sa.BigInteger(), nullable=False),
        sa.Column("seconds_bucket", sa.Integer(), nullable=True),
        sa.Column("has_no_dealings", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("signed_by", sa.String(), nullable=True),
        sa.Column("texts", sa.String(), nullable=True),
        sa.Column("void_reason", sa.String(), nullable=True),
        sa.Column("voided_by", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["rating_pair_id"], ["rating_pair.id"], name=op.f("fk_office_sheet_rating_pair_id")
        ),
        sa.PrimaryKeyConstraint(
            "rating_pair_id", "quota_place", "revision", name=op.f("pk_office_sheet")
        ),
        sa.UniqueConstraint(
            "rating_pair_id", "quota_place", "sheet_id", name="one_revision_per_sending"
        ),
    )


def _make_tables_on_ways() -> None:
    op.create_table(
        "sheet_draft",
        sa.Column("draft_key", sa.LargeBinary(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("rating_pair_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaign.id"], name=op.f("fk_sheet_draft_campaign_id")
        ),
        sa.ForeignKeyConstraint(
            ["rating_pair_id"], ["rating_pair.id"], name=op.f("fk_sheet_draft_rating_pair_id")
        ),
        sa.PrimaryKeyConstraint("draft_key", name=op.f("pk_sheet_draft")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_sheet_draft_campaign_id"), "sheet_draft", ["campaign_id"])
    op.create_table(
        "evidence_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rating_pair_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("added_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["rating_pair_id"], ["rating_pair.id"], name=op.f("fk_evidence_file_rating_pair_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence_file")),
    )
    with op.batch_alter_table("evidence_file", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_evidence_file_rating_pair_id"), ["rating_pair_id"], unique=False
        )
    op.create_table(
        "roster_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("link_id", sa.Integer(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("delivery", sa.String(), nullable=False),
        sa.Column("delivered_on", sa.Date(), nullable=True),
        sa.Column("refusal", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaign.id"], name=op.f("fk_roster_entry_campaign_id")
        ),
        sa.ForeignKeyConstraint(["link_id"], ["link.id"], name=op.f("fk_roster_entry_link_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roster_entry")),
        sa.UniqueConstraint("link_id", name=op.f("uq_roster_entry_link_id")),
    )
    with op.batch_alter_table("roster_entry", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_roster_entry_campaign_id"), ["campaign_id"], unique=False
        )
    op.create_table(
        "outbox_mail",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("roster_entry_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["roster_entry_id"], ["roster_entry.id"], name=op.f("fk_outbox_mail_roster_entry_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox_mail")),
    )
    with op.batch_alter_table("outbox_mail", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_outbox_mail_due_at"), ["due_at"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_outbox_mail_roster_entry_id"), ["roster_entry_id"], unique=False
        )
    op.create_table(
        "mail_words",
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("sort", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaign.id"], name=op.f("fk_mail_words_campaign_id")
        ),
        sa.PrimaryKeyConstraint("campaign_id", "sort", name=op.f("pk_mail_words")),
    )
    op.create_table(
        "reminder",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=False),
        sa.Column("is_to_all", sa.Boolean(), nullable=False),
        sa.Column("begun_at", sa.BigInteger(), nullable=True),
        sa.Column("most_count", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaign.id"], name=op.f("fk_reminder_campaign_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder")),
    )
    with op.batch_alter_table("reminder", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reminder_campaign_id"), ["campaign_id"], unique=False)
