"""A host of Neon is reached directly, and never with less than TLS bound to its channel."""

from collections.abc import Callable
from pathlib import Path

import pytest

from vado.application import Vado
from vado.application.sources import source_of
from vado.database import parse_url
from vado.environments import endpoint_of, neon_target, target_of
from vado.errors import ConfigurationInvalid
from vado.settings import Overrides, load_settings

HOST = "ep-cool-sun-1.eu-central-1.aws.neon.tech"
URL = "postgresql://owner:sesame-open@{}/shop{}"


def test_without_a_word_about_it_tls_is_required_and_bound_to_the_channel() -> None:
    target = neon_target(parse_url(URL.format(HOST, "")))

    assert target.keywords()["sslmode"] == "require"
    assert target.keywords()["channel_binding"] == "require"


@pytest.mark.parametrize("mode", ["disable", "allow", "prefer"])
def test_what_would_do_with_less_is_raised(mode: str) -> None:
    url = URL.format(HOST, f"?sslmode={mode}&channel_binding=disable")

    target = neon_target(parse_url(url))

    assert target.options["sslmode"] == "require"
    assert target.options["channel_binding"] == "require"


def test_verify_full_stays_with_roots_that_are_there() -> None:
    keywords = neon_target(parse_url(URL.format(HOST, "?sslmode=verify-full"))).keywords()

    assert keywords["sslmode"] == "verify-full"
    assert keywords["sslrootcert"].endswith(".pem")


@pytest.mark.parametrize("change", [str, str.upper, "{}.".format])
def test_a_pooled_host_becomes_the_direct_one(change: Callable[[str], str]) -> None:
    pooled = HOST.replace("ep-cool-sun-1", "ep-cool-sun-1-pooler")

    target = target_of(URL.format(change(pooled), "?sslmode=disable"))

    assert target.host.lower().rstrip(".") == HOST
    assert target.options["channel_binding"] == "require"
    assert target.options["sslmode"] == "require"


def test_a_pooler_that_only_the_option_names_is_left_out_too() -> None:
    target = target_of(URL.format("10.0.0.7", "?options=endpoint%3Dep-cool-sun-1-pooler"))

    assert target.options["options"] == "endpoint=ep-cool-sun-1"
    assert target.host == "10.0.0.7"


def test_a_connection_string_that_is_compared_is_as_safe_as_an_environments(
    tmp_path: Path,
) -> None:
    vado = Vado(load_settings(Overrides(project=tmp_path)))
    pooled = HOST.replace("ep-cool-sun-1", "ep-cool-sun-1-pooler")

    source = source_of(vado, URL.format(pooled, "?sslmode=disable"))

    assert source.target == target_of(URL.format(HOST, ""))


def test_other_hosts_stay_as_they_are() -> None:
    target = parse_url(URL.format("db.example.org", "?sslmode=disable"))

    assert neon_target(target) is target
    assert endpoint_of(target) is None


@pytest.mark.parametrize(
    "url",
    [
        URL.format(HOST, ""),
        URL.format(HOST.replace("sun-1.", "sun-1-pooler."), ""),
        URL.format("10.0.0.7", "?options=endpoint%3Dep-cool-sun-1"),
    ],
)
def test_the_connection_string_names_the_compute(url: str) -> None:
    assert endpoint_of(parse_url(url)) == "ep-cool-sun-1"


def test_two_computes_in_one_string_are_refused() -> None:
    target = parse_url(URL.format(HOST, "?options=endpoint%3Dep-other-2"))

    with pytest.raises(ConfigurationInvalid, match="names two computes"):
        neon_target(target)


def test_a_compute_in_the_password_is_refused_without_showing_it() -> None:
    url = f"postgresql://owner:endpoint%3Dep-cool-sun-1%3Bsesame-open@{HOST}/shop"

    with pytest.raises(ConfigurationInvalid) as caught:
        neon_target(parse_url(url))

    assert "sesame" not in str(caught.value.to_json())
