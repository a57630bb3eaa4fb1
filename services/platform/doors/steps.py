"""Lambda: the stages of the service's procedures, as their state machines ask for them."""

from services.platform.runtime.chapter import page
from services.platform.time.steps import Steps

handler = Steps(*page("chapter").PROCEDURES).handler
