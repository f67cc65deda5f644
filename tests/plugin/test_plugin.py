from __future__ import annotations

import subprocess
import sys


def test_imported_before_datasette_it_takes_no_plugin_from_it() -> None:
    """Without its own handler of errors Datasette answers every 404 with a failure."""
    script = "import quotes.plugin, datasette.app as app; print(len(app.pm.hook.handle_exception.get_hookimpls()))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert int(done.stdout) >= 1
