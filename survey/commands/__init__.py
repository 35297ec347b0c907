"""The minyi commands, one file a command; each module's `register` adds its own to the app.

Exit codes: 0 done, 1 the input is wrong, 2 wrong usage, 3 the environment is wrong.
"""

from collections.abc import Sequence
from importlib import import_module

import typer

from survey.commands.messages import in_both_languages

COMMANDS = ("score", "check", "serve", "user", "demo")


def make_app(arguments: Sequence[str]) -> typer.Typer:
    """Build the app; only the module of the command asked for is imported."""
    app = typer.Typer(
        name="minyi",
        help=in_both_languages("commands.minyi"),
        no_args_is_help=True,
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
    )
    app.callback()(_minyi)
    for name in COMMANDS:
        if name in arguments[:1]:
            import_module(f"survey.commands.{name}").register(app)
        else:
            app.command(name, help=in_both_languages(f"commands.{name}"))(_not_asked_for)
    return app


def _minyi() -> None:
    """Only holds the commands together: with a callback one command stays a sub-command."""


def _not_asked_for() -> None:
    """Stand in the list of commands for one whose module is not loaded."""
