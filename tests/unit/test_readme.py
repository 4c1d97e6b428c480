"""What the README tells an author to write is what Summitry takes."""

import json
import re
from pathlib import Path

from tests.support import ROOT, summitry, write

README = (ROOT / "README.md").read_text("utf-8")


def test_the_event_of_the_readme_makes_a_good_dossier(tmp_path: Path) -> None:
    path = tmp_path / "my.json"
    assert summitry("new", path).returncode == 0
    (snippet,) = re.findall(r'```json\n(\s+"4": .*?)```', README, re.DOTALL)
    fields = json.loads(path.read_text("utf-8"))
    fields["events"] |= json.loads(f"{{{snippet}}}")
    write(path, fields)
    checked = summitry("check", path)
    assert checked.returncode == 0, checked.stdout
    assert [line.split(": ", 1)[1][:27] for line in checked.stdout.splitlines()] == [
        "note: ferry-talks-2025: clai"[:27]
    ]
    shown = summitry("show", "ferry-talks", "--store", path).stdout
    assert "March 2025 (day not recorded)" in shown
    assert "jane-example" not in shown


def test_the_mapping_of_the_readme_is_one(tmp_path: Path) -> None:
    (mapping,) = re.findall(r"```toml\n(\[dossier\].*?)```", README, re.DOTALL)
    (tmp_path / "map.toml").write_text(mapping, "utf-8")
    (tmp_path / "visits.csv").write_text(
        "id,visitor,start_date,end_date,kind,from,description,days\n"
        "1,Jane Example,10/06/2025,10/07/2025,State Visit,Far Islands,A visit.,2\n",
        "utf-8",
    )
    new = tmp_path / "new.json"
    done = summitry("import", tmp_path / "visits.csv", "--map", tmp_path / "map.toml", "-o", new)
    assert done.returncode == 0, done.stderr
    found = summitry("find", "jane", "--store", new).stdout
    assert "visit-1\tvisit\tJane Example\t2025-10-06/2025-10-07\tFar Islands" in found
