"""Money: a budget with its columns, lines and amounts, and the state's allocation."""

from budgets.models.allocation import StateAllocation
from budgets.models.budget import Budget
from budgets.models.memory import ImportMemory
from budgets.models.table import Amount, BudgetColumn, BudgetLine

__all__ = ["Amount", "Budget", "BudgetColumn", "BudgetLine", "ImportMemory", "StateAllocation"]
