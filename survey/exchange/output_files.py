"""Write result files all or none: checked beforehand, written beside, then put in place."""

import os
from collections.abc import Collection, Mapping
from pathlib import Path

from survey.errors import OutputNotWritten, OutputRefused


def check_outputs(outputs: Collection[Path], inputs: Collection[Path]) -> None:
    """Raise unless every output can be written, before time is spent on computing."""
    seen: set[Path] = {path.resolve() for path in inputs}
    for path in outputs:
        if path.is_dir():
            raise OutputRefused("output_is_folder", file=str(path))
        if not path.parent.is_dir():
            raise OutputRefused("output_folder_missing", file=str(path), folder=str(path.parent))
        if path.resolve() in seen:
            raise OutputRefused("output_taken", file=str(path))
        if not os.access(path if path.exists() else path.parent, os.W_OK):
            raise OutputRefused("output_not_allowed", file=str(path))
        seen.add(path.resolve())


def write_outputs(contents: Mapping[Path, bytes]) -> None:
    """Write every file or, if the machine fails, leave all as they were."""
    drafts: dict[Path, Path] = {}
    try:
        for path, content in contents.items():
            if path.exists() and not path.is_file():  # /dev/stdout and the like: never replaced
                path.write_bytes(content)
                continue
            target = path.resolve()
            drafts[target] = target.with_name(f".{target.name}.{os.getpid()}.part")
            drafts[target].write_bytes(content)
        for target, draft in drafts.items():
            draft.replace(target)
    except OSError as error:
        for draft in drafts.values():
            draft.unlink(missing_ok=True)
        raise OutputNotWritten(file=str(path), reason=error.strerror) from None
