"""The house: each room knows only those below it, and no room is larger than a reader can hold in mind."""

from collections import Counter
from pathlib import Path

import grimp
import pytest

import quotes

PACKAGE = Path(quotes.__file__).parent
FLOORS = (
    {"records", "version"},
    {"errors"},
    {"spans", "outlets", "lexicon"},
    {"reading"},
    {"pipeline"},
    {"linking", "evaluation"},
    {"store", "training"},
    {"ingest", "export"},
    {"plugin", "cluster"},
    {"cli"},
    {"__main__"},
)
"""From the ground up; rooms of one floor don't know each other. docs/architecture.md shows the same."""
FLOOR_OF = {room: number for number, floor in enumerate(FLOORS) for room in floor}
MOST_MODULES = 15
MOST_LINES = 400


@pytest.fixture(scope="module")
def imports():
    """Every pair of our modules of which the first imports the second, within functions too."""
    graph = grimp.build_graph("quotes", cache_dir=None)
    return {(one, other) for one in graph.modules for other in graph.find_modules_directly_imported_by(one)}


def room_of(module):
    return module.split(".")[1]


def test_every_room_has_a_floor():
    rooms = {path.stem for path in PACKAGE.iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()}
    assert rooms - {"__init__"} == FLOOR_OF.keys()


def test_rooms_import_only_downwards(imports):
    between = {(one, other) for one, other in imports if "." in one and "." in other and room_of(one) != room_of(other)}
    assert between
    assert not {(one, other) for one, other in between if FLOOR_OF[room_of(one)] <= FLOOR_OF[room_of(other)]}


def test_no_room_imports_the_public_api(imports):
    assert not {one for one, other in imports if other == "quotes"}


def test_nobody_imports_training(imports):
    assert not {one for one, other in imports if room_of(f"{other}.") == "training" != room_of(f"{one}.")}


def test_no_module_or_folder_has_the_name_of_another():
    modules = [path.stem for path in PACKAGE.rglob("*.py") if not path.stem.startswith("__")]
    folders = [path.parent.name for path in PACKAGE.rglob("__init__.py") if path.parent != PACKAGE]
    assert not {name for name, count in Counter(modules + folders).items() if count > 1}


def too_many(unit):
    """Folders with more modules, or modules with more lines, than a reader can hold in mind."""
    if unit == "lines":
        lines = {path: path.read_text(encoding="utf-8").count("\n") for path in PACKAGE.rglob("*.py")}
        long = {path for path, count in lines.items() if count > MOST_LINES}
        return {path.relative_to(PACKAGE).as_posix() for path in long}
    modules = Counter(path.parent for path in PACKAGE.rglob("*.py") if path.stem != "__init__")
    return {folder.relative_to(PACKAGE).as_posix() for folder, count in modules.items() if count > MOST_MODULES}


def test_no_folder_is_crowded():
    assert not too_many("modules")


def test_no_module_is_long():
    assert not too_many("lines")
