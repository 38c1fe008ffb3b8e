"""Settings are read from the environment and refused in sentences."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from signage.__main__ import main
from signage.settings import BadSettings, Settings, check_home, descriptions, settings_of


def test_without_variables_the_defaults_stand() -> None:
    assert settings_of({"PATH": "/bin"}) == Settings()


def test_settings_pass_from_process_to_process_unchanged() -> None:
    settings = Settings(home="/srv/signage", web_port=9000, fleet="pleiku-2")
    assert settings_of(settings.as_environment()) == settings


@pytest.mark.parametrize(
    ("variable", "value", "sentence"),
    [
        ("SIGNAGE_WEB_PORT", "70000", "a whole number from 1 to 65535"),
        ("SIGNAGE_WEB_PORT", "eighty", "a whole number from 1 to 65535"),
        ("SIGNAGE_FLEET", "Plei Ku", "a-z, 0-9 and hyphens"),
        ("SIGNAGE_PUBLIC_URL", "pleiku.vn", "URL without a path"),
        ("SIGNAGE_DATABASE", "sqlite://", "sqlite:///<path>"),
        ("SIGNAGE_DATABASE", "sqlite:///:memory:", "sqlite:///<path>"),
        ("SIGNAGE_DATABASE", "mysql://x/y", "postgresql+psycopg://"),
        ("SIGNAGE_TIMEZONE", "Asia/Pleiku", "no such time zone"),
        ("SIGNAGE_BROKER_USER", "me", "no password goes over an open line"),
        ("SIGNAGE_WEBPORT", "80", "Did you mean SIGNAGE_WEB_PORT?"),
    ],
)
def test_a_wrong_setting_is_named_with_what_it_must_be(
    variable: str, value: str, sentence: str
) -> None:
    with pytest.raises(BadSettings) as bad:
        settings_of({variable: value})
    assert variable in bad.value.sentences[0]
    assert sentence in bad.value.sentences[0]


def test_all_that_is_wrong_is_said_at_once() -> None:
    with pytest.raises(BadSettings) as bad:
        settings_of({"SIGNAGE_WEB_PORT": "x", "SIGNAGE_BROKER_PORT": "0", "SIGNAGE_X": ""})
    assert len(bad.value.sentences) == 3


def test_a_home_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(BadSettings, match="can't be written"):
        check_home(Settings(home=str(tmp_path / "file" / "home")))


def test_every_setting_has_help_and_a_unit() -> None:
    for variable, _, unit, words in descriptions():
        assert words, variable
        assert unit, variable


def test_the_command_line_ends_with_a_sentence_not_a_traceback() -> None:
    result = CliRunner().invoke(main, ["check-settings"], env={"SIGNAGE_WEB_PORT": "x"})
    assert result.exit_code == 2
    assert "SIGNAGE_WEB_PORT is 'x'" in result.output
    assert "Traceback" not in result.output


def test_check_settings_says_every_setting(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["check-settings"], env={"SIGNAGE_HOME": str(tmp_path)})
    assert result.exit_code == 0
    for variable, *_ in descriptions():
        assert variable in result.output


def test_the_database_is_made_by_one_command(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["db", "upgrade"], env={"SIGNAGE_HOME": str(tmp_path)})
    assert result.exit_code == 0
    assert (tmp_path / "signage.sqlite3").exists()
