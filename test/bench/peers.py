"""Other ways to run WebAssembly, as columns."""

from columns import Column

PEERS: list[Column] = []
