"""Import and export of budgets. Kronor are read as in the editor."""

from django.db import models as fields

from associations.own_resource import OwnResource
from associations.resources import resource_for
from budgets import models
from budgets.fields import KronorWidget


class KronorResource(OwnResource):
    """A resource whose large whole numbers are kronor."""

    class Meta(OwnResource.Meta):
        pass

    @classmethod
    def number_widget(cls, django_field):
        is_kronor = isinstance(django_field, fields.BigIntegerField) and not isinstance(
            django_field, fields.AutoField
        )
        return KronorWidget() if is_kronor else super().number_widget(django_field)


AmountResource = resource_for(models.Amount, KronorResource)
BudgetColumnResource = resource_for(models.BudgetColumn, KronorResource)
BudgetLineResource = resource_for(models.BudgetLine, KronorResource)
BudgetResource = resource_for(models.Budget, KronorResource)
StateAllocationResource = resource_for(models.StateAllocation, KronorResource)
