"""Ways in: offices with quota places, several tokens of a link, drafts, invitations, jobs."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_UUID = sa.LargeBinary(16).with_variant(sa.Uuid(), "postgresql")


def upgrade() -> None:
    _make_new_tables()
    _add_columns()
    _rebuild_ways()
    _make_tables_on_ways()


def _make_new_tables() -> None:
    op.create_table(
        "job",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("options", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("done_count", sa.Integer(), nullable=False),
        sa.Column("total_count", sa.Integer(), nullable=False),
        sa.Column("try_count", sa.Integer(), nullable=False),
        sa.Column("file_name", sa.String(), nullable=True),
        sa.Column("problem", sa.String(), nullable=False),
        sa.Column("ordered_by", sa.String(), nullable=False),
        sa.Column("ordered_at", sa.BigInteger(), nullable=False),
        sa.Column("beat_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job")),
        sa.UniqueConstraint("code", name=op.f("uq_job_code")),
    )
    op.create_table(
        "proposal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("proposed_by", sa.String(), nullable=False),
        sa.Column("proposed_at", sa.BigInteger(), nullable=False),
        sa.Column("decided_by", sa.String(), nullable=True),
        sa.Column("decided_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal")),
        sa.UniqueConstraint("code", name=op.f("uq_proposal_code")),
    )
    op.create_table(
        "questionnaire_draft",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("questionnaire_id", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("edited_by", sa.String(), nullable=False),
        sa.Column("edited_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_questionnaire_draft")),
        sa.UniqueConstraint("code", name=op.f("uq_questionnaire_draft_code")),
    )
    op.create_table(
        "spent_challenge",
        sa.Column("challenge_hash", sa.LargeBinary(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("challenge_hash", name=op.f("pk_spent_challenge")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "answer_count",
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("column", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaign.id"], name=op.f("fk_answer_count_campaign_id")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_answer_count_unit_id")),
        sa.PrimaryKeyConstraint(
            "campaign_id", "unit_id", "column", "position", name=op.f("pk_answer_count")
        ),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "imported_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("report", sa.JSON(), nullable=False),
        sa.Column("imported_by", sa.String(), nullable=False),
        sa.Column("imported_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaign.id"], name=op.f("fk_imported_file_campaign_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_imported_file")),
        sa.UniqueConstraint("campaign_id", "digest", name="one_import_per_file"),
    )
    op.create_table(
        "sheet_draft",
        sa.Column("draft_key", sa.LargeBinary(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaign.id"], name=op.f("fk_sheet_draft_campaign_id")
        ),
        sa.PrimaryKeyConstraint("draft_key", name=op.f("pk_sheet_draft")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("sheet_draft", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_sheet_draft_campaign_id"), ["campaign_id"], unique=False
        )


def _add_columns() -> None:
    with op.batch_alter_table("answer_sheet", schema=None) as batch_op:
        batch_op.add_column(sa.Column("channel", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("order_seed", sa.Integer(), nullable=True))
        batch_op.add_column(
            sa.Column("arrival_marks", sa.Integer(), server_default="0", nullable=False)
        )
    with op.batch_alter_table("campaign", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("is_draft", sa.Boolean(), server_default="false", nullable=False)
        )
        batch_op.add_column(sa.Column("draft_ways", sa.JSON(), nullable=True))
        batch_op.add_column(sa.Column("locked_at", sa.BigInteger(), nullable=True))
        batch_op.add_column(
            sa.Column("counts_only", sa.Boolean(), server_default="false", nullable=False)
        )
        batch_op.add_column(
            sa.Column("asked_by", sa.String(), server_default=sa.text("''"), nullable=False)
        )
        batch_op.add_column(
            sa.Column("legal_basis", sa.String(), server_default=sa.text("''"), nullable=False)
        )
        batch_op.add_column(
            sa.Column("contact", sa.String(), server_default=sa.text("''"), nullable=False)
        )
        batch_op.add_column(sa.Column("kept_until", sa.Date(), nullable=True))
    with op.batch_alter_table("campaign_unit", schema=None) as batch_op:
        batch_op.add_column(sa.Column("statement", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("merge_into_unit_id", sa.Integer(), nullable=True))
        batch_op.add_column(
            sa.Column("paper_count", sa.Integer(), server_default="0", nullable=False)
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_campaign_unit_merge_into_unit_id"),
            "unit",
            ["merge_into_unit_id"],
            ["id"],
        )
    with op.batch_alter_table("inbox", schema=None) as batch_op:
        batch_op.add_column(sa.Column("channel", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("order_seed", sa.Integer(), nullable=True))


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
