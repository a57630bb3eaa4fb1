"""The lines of a batch in the table; imported when they are first touched, for botocore is slow."""

from pynamodb.attributes import NumberAttribute, UnicodeAttribute
from pynamodb.models import Model

from services.platform.cases import table
from services.platform.runtime.environment import environment


class LineItem(Model):
    """`BATCH#<batch>` / `LINE#<number>`: a line as it was received, and what became of it."""

    class Meta:
        """The table this function was given."""

        table_name = environment().table

    pk = UnicodeAttribute(hash_key=True, attr_name=table.PARTITION)
    sk = UnicodeAttribute(range_key=True, attr_name=table.SORT)
    text = UnicodeAttribute()
    result = UnicodeAttribute(null=True)
    expires_at = NumberAttribute(attr_name=table.EXPIRES)
