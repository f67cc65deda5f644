"""Copies of a story are known by their prints; other stories of the same event are not."""

from __future__ import annotations

from random import Random

from quotes.linking.copies.story_prints import story_prints

VOCABULARY = [
    f"{start}{end}" for start in "ba de fi go lu me no pa ri su ta vi".split() for end in "lan mor tek".split()
]


def written(seed: int, words: int = 2_400) -> list[str]:
    """A story that nobody copied."""
    dice = Random(seed)
    return [dice.choice(VOCABULARY) for _ in range(words)]


STORY = " ".join(written(1))


def shared(text: str, other: str = STORY) -> float:
    """Of the prints of the one that has fewer, how many the other has."""
    prints, others = story_prints(text), story_prints(other)
    return len(prints & others) / min(len(prints), len(others))


def test_a_copy_has_the_same_prints_however_it_is_set() -> None:
    words = STORY.split()
    paragraphs = (" ".join(words[n : n + 40]).capitalize() for n in range(0, len(words), 40))
    assert story_prints(".\r\n\r\n".join(paragraphs)) == story_prints(STORY) == story_prints(STORY.upper())


def test_a_copy_that_was_cut_has_most_of_them() -> None:
    words = STORY.split()
    assert shared(" ".join(words[: len(words) // 2])) > 0.95
    assert shared(" ".join([*written(2, 60), *words[300:], *written(3, 200)])) > 0.85


def test_a_copy_with_a_word_changed_here_and_there_has_most_of_them() -> None:
    words = STORY.split()
    words[::60] = ["ferry"] * len(words[::60])
    assert 0.7 < shared(" ".join(words)) < 1


def test_another_story_has_none_of_them() -> None:
    assert not story_prints(STORY) & story_prints(" ".join(written(4)))


def test_a_story_that_quotes_the_same_words_has_few_of_them() -> None:
    quoted = STORY.split()[500:560]
    assert shared(" ".join([*written(5, 1_200), *quoted, *written(6, 1_200)])) < 0.1


def test_there_are_few_enough_to_store() -> None:
    assert 60 < len(story_prints(STORY)) < 160


def test_a_text_too_short_for_a_run_has_none() -> None:
    assert story_prints("") == story_prints("Ferry aground off Port Ellery, say officials") == frozenset()
