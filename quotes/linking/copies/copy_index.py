"""Which articles are the same story word for word: what outlets carry of an agency, or of one another."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable

from ..comparing import Edge
from ..similarity_trees import Forest
from .story_prints import COMMON, NEAREST, fullness, share, story_prints

_COUNT = """
UPDATE article_groups SET (articles, outlets) = (
    SELECT count(*), count(DISTINCT outlet_id) FROM articles WHERE group_id = article_groups.id
), agency_id = (
    SELECT coalesce(agency_id, outlet_id) AS agency FROM articles JOIN outlets ON outlets.id = agency
    WHERE group_id = article_groups.id AND outlets.kind = 'agency'
    GROUP BY agency ORDER BY count(*) DESC, name LIMIT 1)
WHERE id = ?
"""
_ORIGINAL = """
UPDATE article_groups SET original_id = (
    SELECT articles.id FROM articles JOIN article_groups AS own ON own.id = group_id WHERE own.id = :group
    ORDER BY own.agency_id IS NULL OR outlet_id IS NOT own.agency_id,
        published IS NULL, published, words DESC, sha256, url LIMIT 1)
WHERE id = :group
"""


class Copies(Forest):
    """The groups of articles that are copies. To be used within a transaction; `settle` ends what was begun in it."""

    name = "article"
    nodes = "article_copies"
    group = "group_id"
    described = "articles"
    common = COMMON
    nearest = NEAREST

    def enter(self, article: int) -> None:
        """Tie an article to those that it is a copy of."""
        self._db.execute("INSERT INTO article_copies (id) VALUES (?)", [article])
        self.add(article)

    def leave(self, article: int) -> None:
        """Take an article out, whose text is going to be another one."""
        if self._one("SELECT 1 FROM article_copies WHERE id = ?", article):
            self.drop(article)
            self._db.execute("UPDATE articles SET group_id = NULL WHERE id = ?", [article])
            self._db.execute("DELETE FROM article_copies WHERE id = ?", [article])

    def forget(self, gone: Collection[int], beside: Collection[int], groups: Iterable[int]) -> None:
        """Tie anew what was tied to articles whose rows are gone.

        beside (Collection[int]): Articles that they were alike.
        groups (Iterable[int]): Groups that they were in.
        """
        grams: dict[int, list[int]] = {article: [] for article in gone}
        if gone:  # there is no index by article: one pass for all of them
            sql = "SELECT node_id, gram FROM article_grams WHERE node_id IN (SELECT value FROM json_each(?))"
            for article, gram in self._db.execute(sql, [json.dumps(list(gone))]).fetchall():
                grams[article].append(gram)
        self._tie(self._release(grams).union(beside))
        self._touched.update(groups)

    def recount(self, article: int) -> None:
        """Note that an article has another outlet, agency or date."""
        group = self._one("SELECT group_id FROM articles WHERE id = ?", article)[0]
        self._touched |= {group} - {None}

    def recount_of(self, outlet: int) -> None:
        """Note that an outlet has turned out to be an agency."""
        groups = "SELECT group_id FROM articles WHERE"
        sql = f"{groups} outlet_id = :id UNION {groups} agency_id = :id"
        self._touched |= {group for (group,) in self._db.execute(sql, {"id": outlet})} - {None}

    def recount_groups(self, groups: Iterable[int]) -> None:
        """Note that the articles of these groups are others, or have other outlets, agencies or dates."""
        self._touched.update(groups)

    def settle(self) -> None:
        """Count the articles of the groups that have changed, and say whose they are."""
        for group in sorted(self._touched):
            if self._one("SELECT 1 FROM article_copies WHERE group_id = ? LIMIT 1", group) is None:
                self._db.execute("DELETE FROM article_groups WHERE id = ?", [group])
            else:
                self._db.execute(_COUNT, [group])
                self._db.execute(_ORIGINAL, {"group": group})
        self._touched.clear()

    def grams(self, node: int) -> frozenset[int]:
        """Return the prints of an article's story."""
        return story_prints(self._one("SELECT text FROM articles WHERE id = ?", node)[0])

    def compare(self, one: int, other: int) -> Edge | None:
        """Return how two articles are alike, None if neither is a copy of the other."""
        score = share(self.grams(one), self.grams(other))
        if score is None:
            return None
        sql = "SELECT sha256, url, source FROM articles WHERE id = ?"
        known = {node: (fullness(self.grams(node), *self._one(sql, node)), node) for node in (one, other)}
        fuller, shorter = sorted(known, key=known.__getitem__)
        return Edge(shorter, fuller, "contains", score)

    def new_group(self) -> int:
        """Return the id of a new group."""
        group = self._db.execute("INSERT INTO article_groups (articles) VALUES (0)").lastrowid
        assert group is not None
        return group

    def put(self, node: int, group: int) -> None:
        """Put an article into a group."""
        self._db.execute("UPDATE articles SET group_id = ? WHERE id = ?", [group, node])
