"""Profiles, classes and their policy, and the identity of a target."""

from vado.environments.environment import Environment, choose_environment, environments_of
from vado.environments.identity import identity_of
from vado.environments.policy import Level, Policy, policy_of
from vado.environments.pooler import refuse_pooler

__all__ = [
    "Environment",
    "Level",
    "Policy",
    "choose_environment",
    "environments_of",
    "identity_of",
    "policy_of",
    "refuse_pooler",
]
