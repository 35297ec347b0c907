"""Alembic's environment: it works on the connection that the caller has opened."""

from typing import Any, Literal

from alembic import context
from sqlmodel import SQLModel

import survey.storage.tables  # noqa: F401 — registers the tables
from survey.storage.columns import CompactUuid, UtcDateTime

_WRITTEN_AS = {
    UtcDateTime: "sa.BigInteger()",
    CompactUuid: 'sa.LargeBinary(16).with_variant(sa.Uuid(), "postgresql")',
}


def _render_item(kind: str, item: Any, autogen_context: Any) -> str | Literal[False]:
    if kind == "type" and type(item).__name__ == "AutoString":
        return "sa.String()"
    return _WRITTEN_AS.get(type(item), False) if kind == "type" else False


def _run() -> None:
    context.configure(
        connection=context.config.attributes["connection"],
        target_metadata=SQLModel.metadata,
        render_as_batch=True,
        compare_type=True,
        compare_server_default=True,
        render_item=_render_item,
    )
    with context.begin_transaction():
        context.run_migrations()


_run()
