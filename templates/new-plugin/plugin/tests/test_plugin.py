"""The plugin keeps every demand, and says what its offices say."""

from toolkit.testing import PluginChecks


class TestPlugin(PluginChecks):
    """One test for each demand of ``nianbao plugins check``, and those below."""

    plugin = "$folder"

    def test_the_opening_tells_the_period(self, build_report):
        """In Word as on the page."""
        report = build_report({"year": 2023, "title": None})
        for made in (report.make("docx"), report.make("html")):
            assert any("2023年1月1日至12月31日" in words for words in made.paragraphs)

    def test_a_number_is_in_its_cell(self, build_report):
        """The fourth row of the second table, under 自然人."""
        made = build_report({"applications.new.natural_person": 7}).make("docx")
        assert made.tables[1][3][3] == "7"

    def test_a_report_without_telephone_is_told(self, build_report):
        """By the plugin's own rule."""
        assert "${letters}101" not in build_report().codes
        assert "${letters}101" in build_report({"contact.telephone": None}).codes
