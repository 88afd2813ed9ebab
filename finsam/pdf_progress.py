"""How far a document is, told page by page while WeasyPrint lays it out."""

from contextlib import contextmanager

from weasyprint import layout


@contextmanager
def told(tell, anchors):
    """Call ``tell(page, anchor)`` within the block when a page is laid out, and once more after.

    ``page`` counts from 1, and ``anchor`` is the last of ``anchors`` (ids in the html) that the
    pages have come to, or None. When all are laid out ``page`` is None: what is left is to write
    the file. WeasyPrint lays out some pages again when it knows their numbers; that isn't told.
    """
    make_all_pages, anchors = layout.make_all_pages, set(anchors)
    far, at, of = 0, None, None

    def pages(context, root, html, *more):
        nonlocal far, at, of
        if html is not of:
            far, at, of = 0, None, html
        for number, page in enumerate(make_all_pages(context, root, html, *more), 1):
            if number > far:
                found = context.page_maker[number - 1][-1]["anchors"]
                at = next((each for each in reversed(found) if each in anchors), at)
                far = number
                tell(far, at)
            yield page
        if at or not anchors:  # else it was a part laid out by itself, to be measured
            tell(None, at)

    layout.make_all_pages = pages
    try:
        yield
    finally:
        layout.make_all_pages = make_all_pages
