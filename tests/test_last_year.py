"""A report beside last year's: named, or found by its name in the same folder."""


def last_year(full_size, name="office-2023.yaml"):
    """The full-size report as if for 2023: it carries 9 and 2 forward."""
    return full_size(
        ("year: 2024", "year: 2023"),
        ("issued: 2025-01-20", "issued: 2024-01-20"),
        name=name,
    )


def codes(said):
    return {line.split()[2] for line in said.out.splitlines() if ": warning N" in line}


def test_last_years_file_is_found_by_its_name(nianbao, full_size):
    last_year(full_size)
    this = full_size(name="office-2024.yaml")

    assert "N601" in codes(nianbao("check", this))


def test_a_file_of_another_name_is_not_taken_for_last_years(nianbao, full_size):
    last_year(full_size, name="other-2023.yaml")
    this = full_size(name="office-2024.yaml")

    assert codes(nianbao("check", this)) == set()


def test_last_years_file_can_be_named(nianbao, full_size):
    named = last_year(full_size, name="somewhere.yaml")
    this = full_size(name="report.yaml")

    found = nianbao("check", "--previous", named, this)

    assert "N601" in codes(found)
    assert "but last year's report carried 9 forward" in found.out


def test_numbers_carried_over_rightly_are_not_blamed(nianbao, full_size):
    last = full_size(
        ("year: 2024", "year: 2023"),
        (
            "carried_forward: {natural_person: 9, business: 2, research: 0, public_interest: 1, "
            "legal_service: 1, other: 0, total: 13}",
            "carried_forward: {natural_person: 6, business: 1, research: 0, public_interest: 0, "
            "legal_service: 1, other: 0, total: 8}",
        ),
        name="somewhere.yaml",
    )

    found = nianbao("check", "--previous", last, full_size(name="report.yaml"), "--select", "N601")

    assert "N601" not in found.out
