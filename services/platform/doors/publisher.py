"""Lambda: the table's stream to the bus. What leaves, each act declares."""

from services.platform.events.publisher import Publisher
from services.platform.runtime.chapter import page

handler = Publisher(*page("chapter").PROCEDURES).handler
