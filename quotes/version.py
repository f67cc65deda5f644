"""The version of this package, as it was installed: `pyproject.toml` alone says which."""

from importlib.metadata import version

__version__ = version("quotes")
