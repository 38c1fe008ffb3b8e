"""Opens the output that the settings name, or says in a sentence why that can't be."""

from collections.abc import Callable

from players.outputs import OUTPUTS, Dims, Output
from players.settings import Settings, WrongSettings


def opened(settings: Settings) -> Output:
    """The output, ready to be shown on. Raises `WrongSettings`."""
    kind = settings.output.kind
    try:
        return OUTPUTS[kind].open(settings)
    except ImportError as error:
        raise WrongSettings(
            f"output.kind: {kind} needs a part that is not installed ({error.name}); "
            f"install signage[{OUTPUTS[kind].extra}] or choose png_folder."
        ) from error
    except Exception as error:
        raise WrongSettings(f"output: the {kind} can't be opened: {error}.") from error


def dimmer_of(settings: Settings, output: Output, trouble: Callable[[str], None]) -> Dims | None:
    """What makes the display darker: its card, else the output itself, else nothing.

    `trouble` hears of a card that can't be reached, and an empty sentence when it can again.
    """
    if settings.output.novastar:
        from players.outputs.novastar import Novastar  # late: few displays have such a card

        return Novastar(settings.output.novastar, trouble)
    follows = any(receiver.brightness == "sun" for receiver in settings.output.receivers())
    return output if isinstance(output, Dims) and follows else None
