"""Profiles, classes and their policy, and the identity of a target."""

from vado.environments.environment import Environment, choose_environment, environments_of
from vado.environments.identity import Identity, identity_of
from vado.environments.known import Trusted, identity_json, known_identity, recognise, trust
from vado.environments.neon_host import endpoint_of, neon_target, target_of
from vado.environments.policy import Level, Policy, policy_of
from vado.environments.pooler import refuse_pooler

__all__ = [
    "Environment",
    "Identity",
    "Level",
    "Policy",
    "Trusted",
    "choose_environment",
    "endpoint_of",
    "environments_of",
    "identity_json",
    "identity_of",
    "known_identity",
    "neon_target",
    "policy_of",
    "recognise",
    "refuse_pooler",
    "target_of",
    "trust",
]
