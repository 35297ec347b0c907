"""`python -m survey` and the `minyi` command: run it, turn errors into messages and exit codes."""

import io
import sys

from survey.commands import make_app
from survey.commands.messages import print_error
from survey.errors import SetupError, SurveyError

INPUT_WRONG, ENVIRONMENT_WRONG = 1, 3  # 0 is done; 2, wrong usage, is typer's own


def main() -> None:
    """Run the command on the command line and end the process with its exit code."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # a terminal without Chinese must not stop us
    arguments = sys.argv[1:]
    try:
        make_app(arguments)(arguments, prog_name="minyi")
    except SetupError as error:
        print_error(error)
        sys.exit(ENVIRONMENT_WRONG)
    except SurveyError as error:
        print_error(error)
        sys.exit(INPUT_WRONG)


if __name__ == "__main__":
    main()
