"""The language and text size a respondent chose; both live in the address, not in a cookie."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from urllib.parse import parse_qsl, urlencode

from survey.language import DEFAULT_LOCALE, LOCALES
from web.templating import HTML_LANG, screen_phrases

SIZES = ("", "large", "larger")
_OTHER_SIZES = {"": ("large",), "large": ("larger", ""), "larger": ("large", "")}


@dataclass(frozen=True, slots=True)
class LookLink:
    """A link that changes one choice and keeps the other."""

    address: str
    words: str
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Look:
    """How a page is shown."""

    locale: str = DEFAULT_LOCALE
    size: str = ""

    @property
    def html_language(self) -> str:
        """The language's tag in HTML."""
        return HTML_LANG[self.locale]

    @property
    def query(self) -> str:
        """The part of an address that carries the choice, with its question mark; may be empty."""
        return self.query_with()

    def query_with(self, draft: str = "", page: int = 1, *, has_ended: bool = False) -> str:
        """Return the same with a draft, a page of it, or the polite end."""
        chosen = {
            "lang": self.locale if self.locale != DEFAULT_LOCALE else "",
            "size": self.size,
            "draft": draft,
            "page": str(page) if page > 1 else "",
            "ended": "1" if has_ended else "",
        }
        pairs = urlencode({name: value for name, value in chosen.items() if value})
        return f"?{pairs}" if pairs else ""

    def phrase(self, key: str, **values: object) -> str:
        """Return a screen text in the page's language."""
        return screen_phrases().phrase(key, self.locale, **values)

    def links(self, languages: Sequence[str], draft: str = "", page: int = 1) -> list[LookLink]:
        """Return the links to the other languages and text sizes; a draft and its page stay."""
        others = [replace(self, locale=name) for name in languages if name != self.locale]
        sizes = [replace(self, size=size) for size in _OTHER_SIZES[self.size]]
        return [
            LookLink(
                look.query_with(draft, page) or "?",
                look.phrase("answer.language"),
                look.html_language,
            )
            for look in others
        ] + [
            LookLink(
                look.query_with(draft, page) or "?",
                look.phrase(f"answer.size_{look.size or 'normal'}"),
            )
            for look in sizes
        ]


def read_look(query: bytes, languages: Sequence[str] = LOCALES) -> Look:
    """Return the look an address asks for; what we do not have becomes the default."""
    if not query:
        return Look(locale=languages[0])
    asked = dict(parse_qsl(query.decode("latin-1"), max_num_fields=20)) if len(query) < 500 else {}
    locale, size = asked.get("lang", ""), asked.get("size", "")
    return Look(
        locale if locale in languages and locale in LOCALES else languages[0],
        size if size in SIZES else "",
    )
