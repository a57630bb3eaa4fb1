"""The register's items in the table; imported when the register is first touched, for botocore is slow."""

from pynamodb.attributes import NumberAttribute, UnicodeAttribute
from pynamodb.models import Model

from services.platform.cases import table
from services.platform.runtime.environment import environment


class RegisterItem(Model):
    """What is published of one designation, and the version of the case it was copied from."""

    class Meta:
        """The table this function was given."""

        table_name = environment().table

    pk = UnicodeAttribute(hash_key=True, attr_name=table.PARTITION)
    sk = UnicodeAttribute(range_key=True, attr_name=table.SORT)
    version = NumberAttribute()
    entry = UnicodeAttribute()
