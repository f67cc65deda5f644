"""Which namings of speakers, in many articles, are of one speaker; `person_names` says which spellings agree."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, combinations, product

from ...lexicon.plain_letters import plain_name
from ...records import Article, Speaker, SpeakerKind
from .offices import GENERAL, exclude, field_of, role_words, share_office
from .organizations import SMALL, is_general, organization_key
from .person_names import agreement, is_bare, name_words, surname


@dataclass(frozen=True, order=True)
class Naming:
    """How articles name a speaker: what is linked to others, or kept apart.

    name, role (str): As written; "" for no role.
    key (str): What the spellings of the name have in common.
    block (str): Namings of persons, and of organizations, are compared where it is the same.
    acronym (str): What an article gives as short for the name of an organization.
    scope (str): The article, where another article's naming in the same words is of someone else:
        for an unnamed source, a document, a bare surname and `the Foreign Ministry`.
    """

    kind: SpeakerKind
    key: str
    name: str
    role: str
    block: str
    acronym: str
    scope: str

    @property
    def address(self) -> str:
        """What decisions call the speaker by."""
        return address_of(self.kind, self.key, self.scope)

    @property
    def pool(self) -> str:
        """What namings have in common that need be looked at together to tell which are of one speaker."""
        is_compared = not self.scope and self.kind in ("person", "organization")
        return f"{self.kind}:{self.block if is_compared else self.key}\t{self.scope}"

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The words of the key."""
        return tuple(self.key.split())

    @cached_property
    def office(self) -> frozenset[str]:
        """The words of the role."""
        return role_words(self.role)


@dataclass(frozen=True, slots=True)
class Decisions:
    """What was decided by hand, over what names and roles say.

    together, apart (frozenset): Pairs of addresses of namings that are, or are not, of one speaker.
    """

    together: frozenset[frozenset[str]] = frozenset()
    apart: frozenset[frozenset[str]] = frozenset()


def address_of(kind: str, key: str, scope: str) -> str:
    """Return what decisions call the speaker of namings by that have these in common."""
    return f"{kind}:{key}" + (f"\t{scope}" if scope else "")


def unit_of(address: str) -> tuple[str, str, str]:
    """Return the kind, key and scope in an address."""
    kind, _, rest = address.partition(":")
    key, _, scope = rest.partition("\t")
    return kind, key, scope


def naming(speaker: Speaker, article: Article, long_forms: Mapping[str, str]) -> Naming:
    """Return how an article names a speaker.

    long_forms (Mapping[str, str]): Of the acronyms that the article explains.
    """
    role, acronym = speaker.role or "", ""
    is_own = speaker.kind in ("unnamed", "document")
    if speaker.kind == "person":
        words = name_words(speaker.name) or (plain_name(speaker.name) or speaker.name,)
        key, block = " ".join(words), surname(words)
        # "King Abdullah" there is not King Abdullah here, nor is "the Chief Executive Officer".
        is_own = (is_bare(words) and not role_words(role) - GENERAL) or GENERAL.issuperset(words)
    elif speaker.kind == "organization":
        long = long_forms.get(speaker.name)
        key = organization_key(long or speaker.name)
        shorts = (short for short, meaning in long_forms.items() if organization_key(meaning) == key)
        acronym = plain_name(next(shorts, ""))
        # An acronym is met by the names whose initials it is.
        initials = [word[0] for word in key.split() if word not in SMALL]
        block = "".join(sorted(initials if " " in key else key))
        is_own = is_general(key)
    else:
        key = block = plain_name(speaker.name)
    key = key or speaker.name
    scope = (article.url or article.sha256) if is_own else ""
    return Naming(speaker.kind, key, speaker.name, role, block or key, acronym, scope)


def speakers(namings: Iterable[Naming], decisions: Decisions = Decisions()) -> list[list[Naming]]:
    """Return namings by speaker; their order does not matter, nor what else there is that none of them `may_be`."""
    by_kind: defaultdict[SpeakerKind, list[Naming]] = defaultdict(list)
    for one in sorted(namings):
        by_kind[one.kind].append(one)
    groups: list[list[Naming]] = []
    for kind, of_kind in by_kind.items():
        parts = _parts(of_kind, decisions.apart)
        groups += _Joined(parts, decisions.apart).by_names() if kind == "person" else parts
    return _Joined(groups, decisions.apart).by_hand(decisions.together)


def may_be(kind: str, one: str, other: str) -> bool:
    """Return whether names with these keys, in one block, may be one speaker's whatever the roles."""
    return one == other or (kind == "person" and agreement(tuple(one.split()), tuple(other.split())) != "no")


def best_name(namings: Sequence[Naming]) -> str:
    """Return the name to show: the fullest that is usual, no shouted one."""
    times = Counter(one.name for one in namings)
    most = max(len(one.words) for one in namings)

    def merit(name: str) -> tuple[bool, bool, bool, int, int, int, str]:
        words = name.split()
        is_shouted = name.upper() == name and len(words) > 1
        is_cut = len(words) < min(2, most) or len(words[0].strip(".")) == 1
        has_title = len(name_words(name)) < len(words)
        return not is_shouted, not is_cut, not has_title, times[name], len(plain_name(name)), -len(name), name

    return max(times, key=merit)


def _parts(namings: Sequence[Naming], apart: Collection[frozenset[str]]) -> list[list[Naming]]:
    """Return namings with the same name and scope together, but for those whose offices are not one person's."""
    meanings: defaultdict[str, set[str]] = defaultdict(set)
    for one in namings:
        if one.acronym and frozenset((f"{one.kind}:{one.acronym}", one.address)) not in apart:
            meanings[one.acronym].add(one.key)
    same: defaultdict[tuple[str, str], list[Naming]] = defaultdict(list)
    for one in namings:
        long = meanings.get(one.key, set()) if one.kind == "organization" else set()
        same[next(iter(long)) if len(long) == 1 else one.key, one.scope].append(one)
    return [part for group in same.values() for part in (_by_office(group) if group[0].kind == "person" else [group])]


def _by_office(namings: list[Naming]) -> list[list[Naming]]:
    """Return namings with one name by who can be one person."""
    fields: defaultdict[str | None, list[Naming]] = defaultdict(list)
    for one in namings:
        fields[field_of(one.role)].append(one)
    unclear = fields.pop(None, [])
    parts: list[tuple[set[str], list[Naming]]] = []
    for field, found in sorted(fields.items(), key=lambda item: (-len(item[1]), str(item[0]))):
        fits = next((part for part in parts if not any(exclude(field, other) for other in part[0])), None)
        if fits:
            fits[0].add(str(field))
            fits[1].extend(found)
        else:
            parts.append(({str(field)}, list(found)))
    if len(parts) < 2:
        # A bare surname with another office is another person's.
        return _by_shared_office(namings) if is_bare(namings[0].words) and not namings[0].scope else [namings]
    for one in unclear:
        like = [part for _, part in parts if any(share_office(one.office, other.office) for other in part)]
        if len(like) == 1:
            like[0].append(one)
    left = [one for one in unclear if not any(one in part for _, part in parts)]
    return [part for _, part in parts] + ([left] if left else [])


def _by_shared_office(namings: list[Naming]) -> list[list[Naming]]:
    parts: list[list[Naming]] = []
    for one in namings:
        like = [part for part in parts if any(_is_one_office(one.office, other.office) for other in part)]
        parts = [part for part in parts if part not in like] + [[*chain.from_iterable(like), one]]
    return parts


def _is_one_office(one: frozenset[str], other: frozenset[str]) -> bool:
    return one == other or share_office(one, other)


class _Joined:
    """Groups of namings that are joined, but for those that must stay apart."""

    def __init__(self, parts: Sequence[list[Naming]], apart: Collection[frozenset[str]]) -> None:
        self._groups: dict[int, list[Naming]] = dict(enumerate(parts))
        self._became: dict[int, int] = {}
        self._apart = apart

    def by_names(self) -> list[list[Naming]]:
        """Return the groups after those with names that may be one person's are joined."""
        certain: list[tuple[int, int]] = []
        likely: defaultdict[int, set[int]] = defaultdict(set)
        for one, other in combinations(self._groups, 2):
            if self._groups[one][0].scope or self._groups[other][0].scope:
                continue
            left, right = self._groups[one][0].words, self._groups[other][0].words
            agreed = agreement(left, right) if left != right else "no"  # of one name two that were told apart
            if agreed == "same":
                certain.append((one, other))
            elif agreed == "needs a role" and self._share_office(one, other):
                likely[one].add(other)
                likely[other].add(one)
        for one, other in certain:
            self._join(one, other)
        # "Kim, the harbour master" stays by itself where two harbour masters have this surname.
        unclear = {
            one
            for one, others in likely.items()
            if not all(self._may_join(self._now(a), self._now(b)) for a, b in combinations(others, 2))
        }
        for one in sorted(likely.keys() - unclear, key=self._least):
            for other in sorted(likely[one] - unclear, key=self._least):
                self._join(one, other)
        return list(self._groups.values())

    def by_hand(self, together: Iterable[frozenset[str]]) -> list[list[Naming]]:
        """Return the groups after those that belong together by decision are joined."""
        for pair in sorted(map(sorted, together)):
            numbers = sorted(number for number, group in self._groups.items() if _addresses(group).intersection(pair))
            for number in numbers[1:]:
                self._merge(numbers[0], number)
        return list(self._groups.values())

    def _share_office(self, one: int, other: int) -> bool:
        """Whether the roles speak for one person; for a bare surname one that many hold does not."""
        offices = [{naming.office for naming in self._groups[number]} for number in (one, other)]
        has_bare = any(is_bare(self._groups[number][0].words) for number in (one, other))
        return any(
            share_office(left, right) or bool(left & right and not has_bare) for left, right in product(*offices)
        )

    def _now(self, number: int) -> int:
        """Return the group that a group has become part of."""
        return self._became.get(number, number)

    def _least(self, number: int) -> Naming:
        return min(self._groups[self._now(number)])

    def _join(self, one: int, other: int) -> None:
        first, second = self._now(one), self._now(other)
        if first != second and self._may_join(first, second):
            self._merge(first, second)

    def _may_join(self, one: int, other: int) -> bool:
        if one == other:
            return True
        left, right = self._groups[one], self._groups[other]
        if any(frozenset((a, b)) in self._apart for a in _addresses(left) for b in _addresses(right)):
            return False
        names = ({naming.words for naming in left}, {naming.words for naming in right})
        if any(agreement(a, b) == "no" for a in names[0] for b in names[1]):
            return False
        fields = ({field_of(naming.role) for naming in left}, {field_of(naming.role) for naming in right})
        return not any(exclude(a, b) for a in fields[0] for b in fields[1])

    def _merge(self, one: int, other: int) -> None:
        self._groups[one] = sorted(self._groups[one] + self._groups.pop(other))
        self._became[other] = one
        for number, now in self._became.items():
            if now == other:
                self._became[number] = one


def _addresses(namings: Iterable[Naming]) -> set[str]:
    return {one.address for one in namings}
