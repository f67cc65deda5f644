"""Which first names are nearly always men's, or women's, by counts."""

from __future__ import annotations

import json
from importlib.machinery import ModuleSpec

import numpy as np
import pytest
from click.testing import CliRunner

from quotes.lexicon.first_names import checksum
from quotes.training import first_name_table
from quotes.training.small_models import first_names


@pytest.fixture
def package(tmp_path, monkeypatch):
    """A package with counts: sources, people, and the share of women among them."""
    rows = {
        "Paul": [9, 1000, 0.01, 3],
        "ann": [9, 1000, 0.99, 3],
        "kim": [9, 1000, 0.6, 3],
        "rare": [1, 10, 0.0, 3],
        "sofía": [2, 30, 1.0, 3],
        "sofia": [2, 30, 1.0, 3],
        "j": [2, 500, 0.0, 3],
        "&amp;": [1, 500, 0.0, 3],
    }
    (tmp_path / "name_data.json").write_text(json.dumps(rows), encoding="utf-8")
    spec = ModuleSpec("nomquamgender", None, origin=str(tmp_path / "__init__.py"))
    monkeypatch.setattr(first_name_table, "find_spec", lambda name: spec if name == "nomquamgender" else None)


@pytest.mark.usefixtures("package")
def test_names_that_tell_are_kept_with_and_without_accents_as_one():
    assert {gender: numbers.tolist() for gender, numbers in first_name_table.table().items()} == {
        "man": [checksum("paul")],
        "woman": sorted([checksum("ann"), checksum("Sofía")]),
    }


@pytest.mark.usefixtures("package")
def test_the_command_writes_them(tmp_path):
    target = tmp_path / "names.npz"
    result = CliRunner().invoke(first_names, ["--to", str(target)])
    assert (result.exit_code, result.output) == (0, "man 1  woman 2\n")
    with np.load(target, allow_pickle=False) as arrays:
        assert arrays["woman"].dtype == np.uint32


def test_without_the_package_it_says_what_to_install(monkeypatch):
    monkeypatch.setattr(first_name_table, "find_spec", lambda _: None)
    with pytest.raises(ModuleNotFoundError, match=r"pip install 'quotes\[train\]'"):
        first_name_table.table()
