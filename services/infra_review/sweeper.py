"""Lambda: once a day, lapse what is past its end, start lost machines again, publish a quarter that ended."""

from services.infra_review import statistics_store
from services.infra_review.domain import PROCEDURES
from services.platform.time.steps import Steps
from services.platform.time.sweeper import Sweeper

handler = Sweeper(Steps(*PROCEDURES), daily=(statistics_store.publish,)).handler
