"""One organization under many names, and one name that many go by."""

from __future__ import annotations

import pytest

from quotes.linking.people.organizations import is_general, long_forms, organization_key


@pytest.mark.parametrize(
    "spellings",
    [
        ("The River Authority", "River Authority", "the river authority", "RIVER AUTHORITY"),
        ("Tarvian Ministry of Defence", "Tarvian Defense Ministry", "the Tarvian Ministry of Defense"),
        ("Department of Labor", "the Labor Department", "Labour Department"),
        pytest.param(("Department of Labour", "Department of Labor")),
        ("Ostmoor Seafarers' Organisation", "Ostmoor Seafarers’ Organization"),
        ("United Nations", "UN", "U.N.", "the UN"),
        ("World Health Organization", "WHO", "World Health Organisation"),
        ("Associated Press", "AP", "The Associated Press", "the AP"),
        ("United States", "U.S.", "US", "the USA"),
    ],
)
def test_names_of_one_organization(spellings: tuple[str, ...]) -> None:
    assert len(set(map(organization_key, spellings))) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ministry of Defence", "Ministry of the Interior"),
        ("Tarvian Foreign Ministry", "Lorvian Foreign Ministry"),
        ("Defence Ministry", "Defence Department"),
        ("River Authority", "River Authority of Ellery"),
        ("Northgate Energy", "Northgate Rail"),
    ],
)
def test_names_of_two(one: str, other: str) -> None:
    assert organization_key(one) != organization_key(other)


@pytest.mark.parametrize(
    "name",
    ["Foreign Ministry", "Ministry of Health", "the Supreme Court", "police", "the government", "District Court",
     "Ministry of Information", "state television", "the opposition"],
)  # fmt: skip
def test_names_that_many_go_by(name: str) -> None:
    assert is_general(organization_key(name))


@pytest.mark.parametrize(
    "name",
    ["Tarvian Foreign Ministry", "Supreme Court of Tarvia", "Carrow police", "Northgate Energy", "WHO", "Reuters",
     "Harbour Board", "Ellery City Council"],
)  # fmt: skip
def test_names_of_one_alone(name: str) -> None:
    assert not is_general(organization_key(name))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The Ostmoor Fishing Union (OFU) said so.", {"OFU": "Ostmoor Fishing Union"}),
        ("the Department of Defense (DoD)", {"DoD": "Department of Defense"}),
        ("the Bureau for the Study of Tides (BST)", {"BST": "Bureau for the Study of Tides"}),
        ("Tamsel Port Workers’ Union (TPWU)", {"TPWU": "Tamsel Port Workers’ Union"}),
        ("Ostmoor\nFishing  Union (O.F.U.)", {"O.F.U.": "Ostmoor Fishing Union"}),
        ("The Ostmoor Fishing Union (OFU) and the Lake Board of Carrow (LBC)",
         {"OFU": "Ostmoor Fishing Union", "LBC": "Lake Board of Carrow"}),
        ("The old Ostmoor Fishing Union (AFU)", {}),
        ("He paid 5 million crowns (USD 40,000) to the union (see below).", {}),
        ("members of parliament (MPs)", {}),
        ("the Ostmoor office (O)", {}),
        ("(OFU)", {}),
        ("", {}),
        pytest.param(
            "the Anti-Corruption Bureau (ACB)",
            {"ACB": "Anti-Corruption Bureau"}),
    ],
)  # fmt: skip
def test_acronyms_that_a_text_explains(text: str, found: dict[str, str]) -> None:
    assert dict(long_forms(text)) == found
