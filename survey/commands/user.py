"""`minyi user`: accounts of officers, and keys to the feed."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

import typer
from sqlmodel import Session

from survey.clock import utc_now
from survey.commands.messages import Language, Locale, in_both_languages, say
from survey.people import Role, add_officer, issue_token
from survey.settings import Settings
from survey.storage.database import open_database

ACTOR = "minyi user"

Name = Annotated[str, typer.Argument(help=in_both_languages("user.name"))]
RoleOption = Annotated[Role, typer.Option(help=in_both_languages("user.role"))]
FromStandardInput = Annotated[
    bool, typer.Option("--password-stdin", help=in_both_languages("user.password_stdin"))
]


def register(app: typer.Typer) -> None:
    """Add `minyi user` to the app."""
    user = typer.Typer(no_args_is_help=True, help=in_both_languages("commands.user"))
    user.command("add", help=in_both_languages("user.add"))(add)
    user.command("token", help=in_both_languages("user.token"))(token)
    app.add_typer(user, name="user")


def add(
    name: Name,
    role: RoleOption = Role.EVALUATOR,
    password_stdin: FromStandardInput = False,
    lang: Language = Locale.CHINESE,
) -> None:
    """Make an account; the password is asked for, or read from standard input."""
    settings = Settings.from_environ(os.environ)
    password = sys.stdin.readline().rstrip("\r\n") if password_stdin else _asked_password()
    with _writing(settings) as session:
        add_officer(session, name=name, password=password, role=role, now=utc_now(), actor=ACTOR)
    typer.echo(say("user.added", name=name))


def token(name: Name, lang: Language = Locale.CHINESE) -> None:
    """Make a token and show it once; only the token goes to standard output."""
    settings = Settings.from_environ(os.environ)
    with _writing(settings) as session:
        made = issue_token(
            session, name=name, key=settings.key("tokens"), now=utc_now(), actor=ACTOR
        )
    typer.echo(say("user.token_shown"), err=True)
    typer.echo(made)


def _asked_password() -> str:
    asked: str = typer.prompt(say("user.password"), hide_input=True, confirmation_prompt=True)
    return asked


@contextmanager
def _writing(settings: Settings) -> Iterator[Session]:
    database = open_database(settings)
    try:
        with database.writing() as session:
            yield session
    finally:
        database.close()
