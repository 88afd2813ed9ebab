"""Fields of the admin that need no script."""

from django import forms
from django.template.loader import render_to_string

UNFOLDED = 8  # boxes that one takes in at a glance


class FoldedCheckboxes(forms.CheckboxSelectMultiple):
    """Tick boxes. Many of them lie folded under the names of those that are ticked."""

    def render(self, name, value, attrs=None, renderer=None):
        boxes = super().render(name, value, attrs, renderer)
        options = [option for _, group, _ in self.optgroups(name, value or []) for option in group]
        if len(options) <= UNFOLDED:
            return boxes
        ticked = {str(each) for each in value or []}
        chosen = [str(each["label"]) for each in options if str(each["value"]) in ticked]
        context = {"boxes": boxes, "chosen": chosen, "count": len(options)}
        return render_to_string("admin/folded_checkboxes.html", context)
