import json
from importlib import resources


def test_both_languages_say_the_same():
    wording = json.loads((resources.files("vado.desktop") / "wording.json").read_text("utf-8"))

    assert wording["en"].keys() == wording["es"].keys()
    assert all("{}" in sentences["running"] for sentences in wording.values())
