"""A host of Neon is reached directly, and never with less than TLS bound to its channel."""

import pytest

from vado.database import parse_url
from vado.environments import endpoint_of, neon_target
from vado.errors import ConfigurationInvalid

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


def test_a_pooled_host_becomes_the_direct_one() -> None:
    pooled = HOST.replace("ep-cool-sun-1", "ep-cool-sun-1-pooler")

    assert neon_target(parse_url(URL.format(pooled, ""))).host == HOST


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
