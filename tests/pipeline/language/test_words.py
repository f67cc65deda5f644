from quotes.pipeline.language.words import words_of


def starts(blank, text):
    doc = blank.make_doc(text)
    words = words_of(doc)
    return [doc[int(i)].text for i, first in zip(words.tokens, words.starts, strict=True) if first]


def test_white_space_is_no_word(blank):
    doc = blank.make_doc("One  two\n\nthree \t")
    assert [doc[int(i)].text for i in words_of(doc).tokens] == ["One", "two", "three"]


def test_a_paragraph_starts_after_a_blank_line_or_a_full_line(blank):
    assert starts(blank, "A headline\n\nFirst line.\nSecond line.") == ["A", "First", "Second"]


def test_a_line_that_is_only_wrapped_starts_none(blank):
    lines = ["The ministers of the three countries met again in Geneva on", "Monday, and they agreed that the talks"]
    text = "\n".join([lines[0], lines[1] + " should be held every", "year."])
    assert starts(blank, text) == ["The"]


def test_nothing_but_white_space(blank):
    assert len(words_of(blank.make_doc(" \n\n "))) == 0
    assert len(words_of(blank.make_doc(""))) == 0
