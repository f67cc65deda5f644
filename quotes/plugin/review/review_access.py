"""Who may review, and which requests are theirs: others' pages can send requests too, with the reviewer's cookies.

Datasette looks after that itself, 0.65 by a token of its own and 1.0 by the headers that browsers send. Here both are
asked of both, whatever Datasette passes on.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from datasette import Forbidden

from .. import datasette_compat

NAMESPACE = "quotes-review"


async def require_reviewer(request: Any, datasette: Any, database: str) -> None:
    """Refuse whoever may not review.

    RAISES (Forbidden): If the actor of the request has not that permission.
    """
    if not await datasette_compat.may_review(datasette, request.actor, database):
        raise Forbidden("To review quotes, open the link that `quotes serve --review` printed at its start")


def token(request: Any, datasette: Any, database: str) -> str:
    """Return what a form of the page sends along, to show that it is of this page, this actor and this server."""
    return str(datasette.sign([database, _actor(request)], NAMESPACE))


def require_own_form(request: Any, datasette: Any, database: str, sent: str) -> None:
    """Refuse a request that does not come from a form of the page.

    sent (str): The token that it brings.
    RAISES (Forbidden): If the token is missing or somebody else's, or the request comes from another origin.
    """
    origin, site = request.headers.get("origin"), request.headers.get("sec-fetch-site")
    if origin is not None and urlsplit(origin).netloc != request.headers.get("host"):
        raise Forbidden("This request comes from another site")
    if site is not None and site != "same-origin":
        raise Forbidden("This request comes from another site")
    if not datasette_compat.is_signed(datasette, sent, [database, _actor(request)], NAMESPACE):
        raise Forbidden("This form is of another start of the server; load the page again")


def _actor(request: Any) -> str:
    return str((request.actor or {}).get("id") or "")
