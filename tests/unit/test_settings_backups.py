"""`[backups]` and `[neon]` of vado.toml: what goes before what, and the line of what is wrong."""

from pathlib import Path

import pytest
from pyrage import x25519

from vado.errors import ConfigurationInvalid
from vado.settings import BackupSettings, NeonSettings, Overrides, load_settings

KEY = str(x25519.Identity.generate().to_public())
SECRET = "AGE-SECRET-KEY-1CANARY"  # noqa: S105 (made up)


def environment(project: Path, text: str, variables: dict[str, str] | None = None):
    (project / "vado.toml").write_text(text)
    settings = load_settings(Overrides(project=project, state=project / "s"), variables or {})
    [found] = settings.environments
    return found


def backups(project: Path, text: str, variables: dict[str, str] | None = None) -> BackupSettings:
    return environment(project, text, {"URL": "postgresql://h/db", **(variables or {})}).backups


def neon(project: Path, text: str, variables: dict[str, str] | None = None) -> NeonSettings | None:
    return environment(project, text, {"URL": "postgresql://h/db", **(variables or {})}).neon


SHOP = '[environments.shop]\nurl_env = "URL"\n'


def test_nothing_said_is_a_folder_on_this_machine(tmp_path: Path) -> None:
    assert backups(tmp_path, SHOP) == BackupSettings()


def test_all_that_can_be_said(tmp_path: Path) -> None:
    found = backups(
        tmp_path,
        f"""[backups]
schedule = "0 3 * * 1-5"
keep_daily = 7
keep_weekly = 4
keep_monthly = 12
keep_before_apply = 10
max_bytes = 50_000_000_000
prune = true
store = "s3://company/team/shop/"
s3_endpoint = "https://s3.example.com"
s3_region = "eu-central-1"
keep_local = false
encrypt_to = ["{KEY}"]
identity_file = "keys/shop.txt"
{SHOP}""",
    )

    keep = found.retention
    assert (keep.daily, keep.weekly, keep.monthly, keep.before_apply) == (7, 4, 12, 10)
    assert (keep.max_bytes, keep.prune, found.schedule) == (50_000_000_000, True, "0 3 * * 1-5")
    assert found.s3 is not None
    assert (found.s3.bucket, found.s3.prefix) == ("company", "team/shop")
    assert (found.s3.endpoint, found.s3.region) == ("https://s3.example.com", "eu-central-1")
    assert (found.keep_local, found.encrypt_to) == (False, (KEY,))
    assert found.identity_file == tmp_path / "keys/shop.txt"


def test_an_environment_says_more_and_goes_first(tmp_path: Path) -> None:
    found = backups(
        tmp_path,
        f"[backups]\nkeep_daily = 7\nkeep_weekly = 4\n{SHOP}"
        '[environments.shop.backups]\nkeep_daily = 30\nstore = "s3://b"\n',
    )

    assert (found.retention.daily, found.retention.weekly) == (30, 4)
    assert found.s3 is not None
    assert (found.s3.bucket, found.s3.prefix) == ("b", "")


def test_a_bare_url_has_the_top_ones(tmp_path: Path) -> None:
    found = environment(
        tmp_path, "[backups]\nkeep_daily = 3\n", {"DATABASE_URL": "postgresql://h/db"}
    )

    assert found.backups.retention.daily == 3


def test_the_secret_key_may_be_a_variable_that_nothing_shows(tmp_path: Path) -> None:
    found = backups(tmp_path, SHOP, {"VADO_BACKUP_IDENTITY": SECRET})

    assert found.identity is not None
    assert found.identity.reveal() == SECRET
    assert SECRET not in repr(found)


def test_an_empty_variable_is_no_key(tmp_path: Path) -> None:
    assert backups(tmp_path, SHOP, {"VADO_BACKUP_IDENTITY": ""}).identity is None


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("keep_daily = -1", "backups.keep_daily is not a whole number"),
        ("keep_daily = true", "backups.keep_daily is not a whole number"),
        ('keep_weekly = "4"', "backups.keep_weekly is not a whole number"),
        ("max_bytes = 1.5", "backups.max_bytes is not a whole number"),
        ('schedule = "at night"', "backups.schedule is not a cron expression"),
        ('schedule = "61 3 * * *"', "backups.schedule is not a cron expression"),
        ('schedule = "* * * * * *"', "backups.schedule is not a cron expression"),
        ("schedule = 3", "backups.schedule is not a text"),
        ('store = "/backups"', "backups.store is not a bucket"),
        ('store = "s3://"', "backups.store is not a bucket"),
        ("s3_endpoint = []", "backups.s3_endpoint is not a text"),
        ('identity_file = ""', "backups.identity_file is not a text"),
        ('prune = "yes"', "backups.prune is neither true nor false"),
        ("keep_local = 1", "backups.keep_local is neither true nor false"),
        ('encrypt_to = "age1"', "backups.encrypt_to is not a list"),
        ('encrypt_to = ["age1"]', "backups.encrypt_to holds what is no age public key"),
        (f'encrypt_to = ["{SECRET}"]', "backups.encrypt_to holds what is no age public key"),
        ("keep_dayly = 7", "backups.keep_dayly is not known"),
    ],
)
def test_what_is_wrong_has_its_line(tmp_path: Path, line: str, told: str) -> None:
    with pytest.raises(ConfigurationInvalid) as caught:
        backups(tmp_path, f"{SHOP}\n[backups]\n# a comment\n{line}\n")

    assert caught.value.message == f"vado.toml:6: {told}"
    assert caught.value.details == {"file": "vado.toml", "line": 6}
    assert SECRET not in f"{caught.value.message}{caught.value.hint}"


def test_what_is_wrong_below_an_environment_has_its_line_too(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationInvalid, match=r"vado\.toml:4: environments\.shop\.backups"):
        backups(tmp_path, f"{SHOP}[environments.shop.backups]\nprune = 1\n")


@pytest.mark.parametrize("where", ["backups = 3\n", f'{SHOP}neon = "x"\n'])
def test_what_is_no_table_is_said(tmp_path: Path, where: str) -> None:
    text = where if "[" in where else f"{where}{SHOP}"

    with pytest.raises(ConfigurationInvalid, match="is not a table"):
        backups(tmp_path, text)


def test_neon_is_there_when_a_project_is_named(tmp_path: Path) -> None:
    assert neon(tmp_path, SHOP) is None
    found = neon(tmp_path, f'[neon]\nproject = "calm-sea-1"\n{SHOP}', {"NEON_API_KEY": SECRET})

    assert found is not None
    assert (found.project, found.api_key_env) == ("calm-sea-1", "NEON_API_KEY")
    assert found.api_key is not None
    assert found.api_key.reveal() == SECRET
    assert found.api_url.startswith("https://console.neon.tech/")
    assert SECRET not in repr(found)


def test_neons_key_may_be_in_another_variable(tmp_path: Path) -> None:
    text = f'[neon]\nproject = "p"\napi_key_env = "SHOP_KEY"\napi_url = "http://h/v2/"\n{SHOP}'
    found = neon(tmp_path, text, {"NEON_API_KEY": "other", "SHOP_KEY": SECRET})

    assert found is not None
    assert found.api_key is not None
    assert (found.api_key.reveal(), found.api_url) == (SECRET, "http://h/v2")
    unset = neon(tmp_path, text)
    assert unset is not None
    assert unset.api_key is None


def test_the_project_of_an_environment_goes_before_the_top_one(tmp_path: Path) -> None:
    text = f'[neon]\nproject = "p"\n{SHOP}[environments.shop.neon]\nproject = "q"\n'
    found = neon(tmp_path, text)

    assert found is not None
    assert found.project == "q"


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("project = 3", "neon.project is not a text"),
        ('api_key_env = ""', "neon.api_key_env is not a text"),
        ('api_key = "napi_x"', "neon.api_key is not known"),
    ],
)
def test_what_is_wrong_about_neon_has_its_line(tmp_path: Path, line: str, told: str) -> None:
    with pytest.raises(ConfigurationInvalid) as caught:
        neon(tmp_path, f"{SHOP}[neon]\n{line}\n")

    assert caught.value.message == f"vado.toml:4: {told}"
