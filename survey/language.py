"""Choose a locale, look up a phrase."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

LOCALES = ("zh-Hans", "en")
DEFAULT_LOCALE = LOCALES[0]


class Catalogue:
    """Phrases under dotted keys, per locale, from a folder of `<locale>.toml` files."""

    def __init__(self, folder: Path) -> None:
        self._phrases = {
            locale: dict(_flat(tomllib.loads((folder / f"{locale}.toml").read_text("utf-8"))))
            for locale in LOCALES
        }

    def keys(self, locale: str) -> frozenset[str]:
        """Return every key the locale has."""
        return frozenset(self._phrases[locale])

    def in_order(self, locale: str) -> tuple[str, ...]:
        """Return every key the locale has, as they stand in its file."""
        return tuple(self._phrases[locale])

    def phrase(self, key: str, locale: str, **values: object) -> str:
        """Return the phrase under a key, its ``{names}`` filled in."""
        return self._phrases[locale][key].format(**values)

    def has(self, key: str, locale: str) -> bool:
        """Whether the locale has a phrase under the key."""
        return key in self._phrases[locale]


def _flat(table: Mapping[str, Any], prefix: str = "") -> list[tuple[str, str]]:
    pairs: list[tuple[str, str]] = []
    for key, value in table.items():
        if isinstance(value, Mapping):
            pairs += _flat(value, f"{prefix}{key}.")
        else:
            pairs.append((f"{prefix}{key}", value))
    return pairs


@cache
def messages() -> Catalogue:
    """Return the catalogue of `survey/locales`."""
    return Catalogue(Path(__file__).parent / "locales")


def choose_locale(wanted: str | None, accepted: str = "") -> str:
    """Return the locale named, or the first of an Accept-Language header we have, or Chinese."""
    for tag in [wanted or "", *(part.split(";")[0].strip() for part in accepted.split(","))]:
        if tag.lower().startswith("en"):
            return "en"
        if tag.lower().startswith("zh"):
            return "zh-Hans"
    return DEFAULT_LOCALE
