"""Which page of a list an address asks for, the same in every list."""

from django.core import paginator


class Paginator(paginator.Paginator):
    """Django's, but that a page before the first is the first, as what is no number is."""

    def get_page(self, number):
        """Return the page ``number``, whatever an address says; the last one beyond the last."""
        try:
            number = self.validate_number(number)
        except paginator.PageNotAnInteger:
            number = 1
        except paginator.EmptyPage:
            number = self.num_pages if int(number) > 0 else 1
        return self.page(number)
