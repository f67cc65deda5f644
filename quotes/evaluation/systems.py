"""The systems that can be measured: ours, and the peers that run on the same analysis."""

from __future__ import annotations

from collections.abc import Callable

from ..records import Article, Mention, Quote, Speaker

System = Callable[[Article], tuple[Quote, ...]]
"""Takes an article, and returns the quotes found in it."""


def ours() -> System:
    """Return the pipeline of this package."""
    from .. import pipeline

    nlp = pipeline.build()
    return lambda article: pipeline.extract(nlp, article).quotes


def textacy() -> System:
    """Return textacy's `direct_quotations` on the same tokens, tags and trees; it does not resolve speakers.

    It raises on an odd number of quotation marks; such an article has no quotes then.
    """
    from textacy.extract import direct_quotations

    from .. import pipeline

    nlp = pipeline.build(exclude=pipeline.AFTER_LANGUAGE)

    def quotes(article: Article) -> tuple[Quote, ...]:
        found = []
        try:
            for speaker, cue, content in direct_quotations(nlp(article.text)):
                said = Mention(" ".join(token.text for token in cue), cue[0].idx, cue[-1].idx + len(cue[-1]))
                found.append(
                    Quote(
                        kind="direct",
                        spans=((content.start_char, content.end_char),),
                        text=content.text,
                        cue=said,
                        speaker=Speaker(" ".join(token.text for token in speaker), "person"),
                        method="textacy",
                    )
                )
        except ValueError:
            return ()
        return tuple(found)

    return quotes


SYSTEMS: dict[str, Callable[[], System]] = {"quotes": ours, "textacy": textacy}
