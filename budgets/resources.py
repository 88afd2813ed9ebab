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


class PartResource(KronorResource):
    """Parts of budgets, written under their budgets' locks as the editor writes.

    Else the two may each hold a row that the other waits for.
    """

    class Meta(KronorResource.Meta):
        pass

    def before_save_instance(self, instance, row, **kwargs):
        models.Budget.objects.lock_of([instance])


AmountResource = resource_for(models.Amount, PartResource)
BudgetColumnResource = resource_for(models.BudgetColumn, PartResource)
BudgetLineResource = resource_for(models.BudgetLine, PartResource)
BudgetResource = resource_for(models.Budget, KronorResource)
StateAllocationResource = resource_for(models.StateAllocation, KronorResource)
