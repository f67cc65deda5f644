"""The same extraction and linking on Apache Spark, for what one machine is too small for.

`articles`, `extract` and `link` work on DataFrames; they need the extra `cluster`.
"""

from .article_extraction import articles, extract
from .linked_tables import link

__all__ = ["articles", "extract", "link"]
