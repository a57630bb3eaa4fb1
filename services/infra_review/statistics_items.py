"""The statistics' items in the table; imported when they are first touched, for botocore is slow."""

from pynamodb.attributes import NumberAttribute, UnicodeAttribute
from pynamodb.models import Model

from services.platform.cases import table
from services.platform.runtime.environment import environment


class _Item(Model):
    class Meta:
        """The table this function was given."""

        table_name = environment().table

    pk = UnicodeAttribute(hash_key=True, attr_name=table.PARTITION)
    sk = UnicodeAttribute(range_key=True, attr_name=table.SORT)


class StatisticsItem(_Item):
    """`STATISTICS#<quarter of arrival>` / `<notification>`: the days of its steps, as of a version."""

    version = NumberAttribute()
    line = UnicodeAttribute()


class PublicationItem(_Item):
    """`STATISTICS#PUBLISHED` / `<quarter>`: what was published for it. Immutable."""

    publication = UnicodeAttribute()
