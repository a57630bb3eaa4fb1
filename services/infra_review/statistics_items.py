"""The statistics' lines in the table; imported when they are first touched, for botocore is slow."""

from pynamodb.attributes import NumberAttribute, UnicodeAttribute
from pynamodb.models import Model

from services.platform.cases import table
from services.platform.runtime.environment import environment


class StatisticsItem(Model):
    """`STATISTICS#<quarter>` / `<notification>`: the days of its steps, and of which version they are."""

    class Meta:
        """The table this function was given."""

        table_name = environment().table

    pk = UnicodeAttribute(hash_key=True, attr_name=table.PARTITION)
    sk = UnicodeAttribute(range_key=True, attr_name=table.SORT)
    version = NumberAttribute()
    line = UnicodeAttribute()
