from hypothesis import given
from hypothesis import strategies as st

from quotes.spans.overlaps import Overlaps

SPANS = st.tuples(st.integers(0, 40), st.integers(1, 10)).map(lambda pair: (pair[0], sum(pair)))


@given(st.lists(SPANS), st.lists(SPANS), SPANS)
def test_those_that_share_a_character(given, added, span):
    places = Overlaps(given)
    for place in added:
        places.add(place)
    over = [n for n, (start, end) in enumerate([*given, *added]) if start < span[1] and span[0] < end]
    assert list(places.over(span)) == over
    assert places.touch(span) == bool(over)
