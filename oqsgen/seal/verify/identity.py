"""What a bundle's id is the hash of, computed again: an id commits to its input and to its signer."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from oqsgen.seal.manifest import MANIFEST, bundle_id
from oqsgen.seal.verify.files import COPY_AGAIN
from oqsgen.seal.verify.finding import Finding
from oqsgen.seal.verify.manifest_reader import text

WITHOUT_IDENTITY = "WITHOUT_IDENTITY"


def check_identity(
    manifest: Mapping[str, Any], stamped: Iterable[bool], signer: str
) -> Iterator[Finding]:
    """Whether the id of ``manifest`` is that of what it names.

    ``signer`` is the fingerprint of who signed; ``stamped`` says of each signature whether it carries a
    time stamp.
    """
    identity = manifest.get("identity")
    if manifest["format"] == 1:
        yield Finding(
            MANIFEST,
            WITHOUT_IDENTITY,
            "前の版の oqsgen で作った一式です。ID だけでは、発行者と中身を確かめたことになりません。"
            "指紋も見比べてください。",
            "notice",
        )
    elif not isinstance(identity, dict) or bundle_id(identity) != manifest["id"]:
        yield Finding(
            MANIFEST, "ID_WRONG", "ID が、書いてある中身のものではありません。" + COPY_AGAIN
        )
    elif identity.get("signer") != signer:
        yield Finding(
            MANIFEST, "OTHER_SIGNER", "署名の発行者と、番号が表す発行者が違います。" + COPY_AGAIN
        )
    elif text(manifest, "tool") != f"oqsgen {text(identity, 'versions', 'oqsgen')}":
        yield Finding(MANIFEST, "DISAGREES", "版の書き方が ID の表す版と合いません。" + COPY_AGAIN)
    elif set(stamped) != {_options(identity).get("timestamp") is True}:
        yield Finding(
            MANIFEST,
            "TIMESTAMP_WRONG",
            "作ったときの指定と違い、署名にタイムスタンプが付いているか、なくなっています。"
            + COPY_AGAIN,
        )


def _options(identity: Mapping[str, Any]) -> Mapping[str, Any]:
    options = identity.get("options")
    return options if isinstance(options, dict) else {}
