"""What the interface's document says of resumable uploads; `signage/web/tus.py` answers them."""

from typing import Any

from signage.web.api.operations import PREFIX
from signage.web.tus import OFFSET_STREAM, VERSION, Taken

SHAPES = (Taken,)

_ONE = f"{PREFIX}/uploads/{{upload_id}}"


def _header(
    name: str, words: str, kind: str = "string", *, required: bool = True
) -> dict[str, Any]:
    schema = {"type": kind, "const": VERSION} if name == "Tus-Resumable" else {"type": kind}
    return {
        "name": name,
        "in": "header",
        "required": required,
        "description": words,
        "schema": schema,
    }


_VERSION = _header("Tus-Resumable", "The version of the protocol.")
_PLACE = {"name": "upload_id", "in": "path", "required": True, "schema": {"type": "string"}}


def paths(refusal: Any, taken: Any) -> dict[str, dict[str, Any]]:
    """Return the paths of the document; `refusal` and `taken` are schemas."""
    refused = {
        "description": "Refused, with a sentence in both languages.",
        "content": {"application/json": {"schema": refusal}},
    }

    def described(name: str, summary: str, done: dict[str, Any], **more: Any) -> dict[str, Any]:
        return {
            "operationId": name,
            "summary": summary,
            "description": "Needs the right “edit”.",
            "responses": {**done, "default": refused},
            **more,
        }

    return {
        f"{PREFIX}/uploads": {
            "post": described(
                "announce_upload",
                "Announce a resumable upload (tus 1.0); Location says where to send it",
                {"201": {"description": "Announced."}},
                parameters=[
                    _VERSION,
                    _header("Upload-Length", "Bytes of the file.", "integer"),
                    _header(
                        "Upload-Metadata", "filename, no_state_secret (yes), perhaps unit, sha256."
                    ),
                ],
            )
        },
        _ONE: {
            "patch": described(
                "send_upload",
                "Send bytes from an offset on; HEAD on the same address says where they end",
                {"204": {"description": "Taken; Upload-Offset says how far."}},
                parameters=[
                    _PLACE,
                    _VERSION,
                    _header("Upload-Offset", "Where the bytes go on.", "integer"),
                ],
                requestBody={
                    "required": True,
                    "content": {OFFSET_STREAM: {"schema": {"type": "string", "format": "binary"}}},
                },
            ),
            "delete": described(
                "give_up_upload",
                "Give up an upload",
                {"204": {"description": "Forgotten."}},
                parameters=[_PLACE, _VERSION],
            ),
        },
        f"{_ONE}/asset": {
            "post": described(
                "take_upload_in",
                "Take a whole upload into the library; asking again gives the same",
                {
                    "201": {
                        "description": "Taken in.",
                        "content": {"application/json": {"schema": taken}},
                    }
                },
                parameters=[_PLACE],
            )
        },
    }
