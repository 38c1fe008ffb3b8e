"""Opens the output that the settings name, or says in a sentence why that can't be."""

from players.outputs import OUTPUTS, Output
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
