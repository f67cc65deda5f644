from __future__ import annotations

import pytest

from quotes.lexicon.officials import Standing, standing

OFFICIALS = """Transport Minister; President; vice president; Quillan mayor; MP for Tamsel; Labour MP; police chief
head of the harbour police; Supreme Court judge; Attorney General; district attorney; Secretary of State; Chief Justice
Justice; spokesperson for the White House; spokesman for the ministry; adviser to the president; Central bank governor
secretary general of the United Nations; U.N. envoy; army colonel; City Council president; acting commissioner
detective; chief of staff; chief executive of the council; union minister; presidential spokesperson
chief health officer; UNHCR representative; Deputy Prime Minister; prosecutor""".replace("\n", "; ").split("; ")
OTHERS = """harbour master; chief executive; chief executive officer; chief financial officer; general manager
general secretary of the union; president of the teachers' union; party president; ABC president; president of the club
university chancellor; former minister; ex-president; retired general; the minister's wife; wife of the president
son of the mayor; presidential candidate; government critic; police reporter; court reporter; defence lawyer
lawyer for the governor; military analyst; political scientist; professor of government; campaign manager
company official; union representative; captain; coach; bishop; author; resident; farmer; chief data officer
hospital director; police union president; army veteran""".replace("\n", "; ").split("; ")


@pytest.mark.parametrize(
    ("role", "expected"),
    [*((role, "official") for role in OFFICIALS), *((role, "other") for role in OTHERS), ("spokesman", "not told"),
     ("Spokeswoman", "not told"), ("", "not told"), (None, "not told")],
)  # fmt: skip
def test_person_stands_by_what_articles_say_that_they_are(role: str | None, expected: Standing) -> None:
    assert standing("person", "Mara Ellison", role) == expected


@pytest.mark.parametrize(
    ("kind", "name", "role", "expected"),
    [
        ("person", "Sen. Mara Ellison", None, "official"),
        ("person", "Mayor", None, "not told"),
        ("organization", "Foreign Ministry", None, "official"),
        ("organization", "Ministère de l’Intérieur", None, "other"),
        ("organization", "Department of Fisheries", None, "official"),
        ("organization", "Quillan Police", None, "official"),
        ("organization", "Moss Airways", None, "other"),
        ("organization", "Police Federation", None, "other"),
        ("organization", "Northwire", None, "other"),
        ("unnamed", "a senior ministry official", None, "official"),
        ("unnamed", "two U.S. officials", None, "official"),
        ("unnamed", "police", None, "official"),
        ("unnamed", "the prime minister’s office", None, "official"),
        ("unnamed", "a company official", None, "other"),
        ("unnamed", "a former official", None, "other"),
        ("unnamed", "witnesses", None, "other"),
        ("unnamed", "sources", None, "not told"),
        ("unnamed", "two people familiar with the matter", None, "not told"),
        ("document", "Ministry report", None, None),
        (None, "", None, None),
    ],
)
def test_bodies_and_unnamed_sources_stand_by_what_they_are_called(
    kind: str | None, name: str, role: str | None, expected: Standing | None
) -> None:
    assert standing(kind, name, role) == expected
