from __future__ import annotations

import subprocess
import sys

import pytest

FIRST = ("quotes.plugin", "quotes.plugin.serving", "quotes.plugin.datasette_compat", "quotes.plugin.page_context")


@pytest.mark.parametrize("first", [*FIRST, "datasette.app"])
def test_whichever_is_imported_first_datasette_has_all_hooks(first: str) -> None:
    """Of a plugin that is not complete while Datasette is imported it takes none, and says nothing."""
    script = (
        f"import {first}, datasette.app; names = ('handle_exception', 'register_routes', 'render_cell', 'startup');"
        "print(*(plugin.plugin_name for name in names"
        " for plugin in getattr(datasette.app.pm.hook, name).get_hookimpls()))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    plugins = done.stdout.split()
    assert plugins.count("quotes") == 3
    assert "datasette.handle_exception" in plugins
