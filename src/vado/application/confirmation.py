"""The word that is to be typed before something is done that cannot simply be taken back."""

from vado.environments import Environment
from vado.errors import ConfirmationRequired


def require_word(environment: Environment, typed: str | None, what: str) -> None:
    """Raise ConfirmationRequired unless the environment's word was typed."""
    word = environment.confirmation_word
    if typed is None or typed.strip() != word:
        raise ConfirmationRequired(
            what,
            hint=f"Type the name {word} (--confirm {word}).",
            details={"word": word},
        )
