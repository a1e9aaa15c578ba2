"""What a 顔認証機器 is called wherever one is named."""

from oqsgen.clinic.model import Reader
from oqsgen.resources import spec


def maker_of(reader: Reader) -> str:
    """Its maker: of one that no document knows, as the clinic's file calls it."""
    title: str = spec("readers")["vendors"][reader.vendor]["title"]
    return reader.vendor_name or title if reader.vendor == "other" else title


def name_of(reader: Reader) -> str:
    """Its maker, and where it stands."""
    return f"{maker_of(reader)} {reader.name}" if reader.name else maker_of(reader)
