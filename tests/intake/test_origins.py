from pathlib import Path

from taizhang.documents import Document, read
from taizhang.intake.origins import Origins


def report(folder: Path, name: str, text: str) -> Document:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return read(file)


def test_title_tells_college_and_year(tmp_path: Path) -> None:
    (own,) = Origins.among([report(tmp_path, "a.md", "# 云岭职业技术学院2023年度绩效自评报告\n\n建成课程 3 门。\n")]).of
    assert (own.college, own.first, own.last) == ("云岭职业技术学院", 2023, 2023)


def test_a_title_may_cover_two_years(tmp_path: Path) -> None:
    (own,) = Origins.among([report(tmp_path, "a.md", "# 云岭职业技术学院2022-2023年中期自评报告\n")]).of
    assert (own.first, own.last) == (2022, 2023)


def test_a_report_without_a_title_is_of_the_sister_it_speaks_of(tmp_path: Path) -> None:
    origins = Origins.among(
        [
            report(tmp_path, "a.md", "# 云岭职业技术学院2023年自评报告\n"),
            report(tmp_path, "b.md", "# 澄江职业学院2023年自评报告\n"),
            report(tmp_path, "c.md", "云岭集团实体化运作，云岭集团通过中期验收。\n"),
        ]
    )
    assert origins.same_college(0, 2)
    assert not origins.same_college(1, 2)
    assert not origins.same_college(0, 1)


def test_reports_that_name_no_college_are_compared_where_no_name_appears(tmp_path: Path) -> None:
    documents = [report(tmp_path, name, f"建成课程 {name} 门。\n") for name in ("3.md", "4.md")]
    assert Origins.among(documents).same_college(0, 1)


def test_a_report_that_names_none_is_not_mixed_with_two_colleges(tmp_path: Path) -> None:
    origins = Origins.among(
        [
            report(tmp_path, "a.md", "# 云岭职业技术学院2023年自评报告\n"),
            report(tmp_path, "b.md", "# 澄江职业学院2023年自评报告\n"),
            report(tmp_path, "c.md", "建成课程 3 门。\n"),
        ]
    )
    assert not origins.same_college(0, 2)
    assert not origins.same_college(1, 2)
