"""A plan made ready to be read: each chapter's Markdown as html with its blocks drawn.

The same chapters go to the public page, to the staff's page and, in the roof, to the PDF.
"""

import re
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.safestring import mark_safe

from associations import markdown, numbering, signs
from plans import blocks, limits
from plans.blocks import aims, budget, money, people, report

KINDS = (budget, money, people, aims, report)  # imported, each of them registers its blocks
# A private character that no keyboard writes stands for a block while Markdown is read.
MARK = "\ue000"
PLACE = re.compile(f"<p>{MARK}(\\d+){MARK}</p>|{MARK}(\\d+){MARK}")
HEADING = re.compile(r"<(/?)h([2-6])(?=[ >])")


@dataclass(frozen=True)
class ReadChapter:
    """A chapter ready to be printed, and what to say of it in Swedish sentences.

    ``problems`` keep the plan from adoption; ``hints`` tell what may read otherwise than meant.
    """

    pk: int
    number: int
    anchor: str
    title: str
    html: str
    problems: tuple[str, ...]
    hints: tuple[str, ...] = ()


def nest_headings(html):
    """Return ``html`` with no heading more than one level below the one before it.

    The chapter's own heading is h2. A level that is skipped is an error in PDF/UA, and leads
    whoever hears the page astray.
    """
    level = 2

    def held(match):
        nonlocal level
        if not match[1]:
            level = min(int(match[2]), level + 1)
        return f"<{match[1]}h{level}"

    return HEADING.sub(held, html)


def read(plan, *, printed=False):
    """Return the plan's chapters as a list of ReadChapter; ``printed`` is for paper."""
    return [read_chapter(plan, chapter, printed=printed) for chapter in plan.chapters.all()]


def read_chapter(plan, chapter, *, printed=False):
    """Return one chapter with its blocks drawn; a block that cannot be drawn says why in place."""
    problems, hints = limits.too_much(chapter.body), ()
    if problems:
        html = _said(" ".join(problems))
    else:
        html, problems, hints = _laid_out(plan, chapter, printed)
    problems += signs.sentences(f"{chapter.title} {html}", is_html=True)
    name = f"Kapitel {chapter.position}, {chapter.title}"
    title, of_title = _title(chapter)
    return ReadChapter(
        pk=chapter.pk,
        number=chapter.position,
        anchor=f"kapitel-{chapter.position}",
        title=title,
        html=mark_safe(nest_headings(html)),  # clean Markdown, and blocks from our own templates
        problems=tuple(f"{name}: {problem}" for problem in problems),
        hints=tuple(f"{name}: {hint}" for hint in (*of_title, *hints)),
    )


def _title(chapter):
    """Return (title, hints): a title pasted with the chapter's own number is not numbered twice."""
    own = numbering.own_number(chapter.title, chapter.position)
    if own is None or "§" in own[0]:
        return chapter.title, ()
    if numbering.is_position(own[0], chapter.position):
        return own[1], ()
    return chapter.title, (
        f"Rubriken börjar med {own[0]} men kapitlet är nummer {chapter.position}, så två nummer "
        "står efter varandra. Ta bort det ur rubriken.",
    )


def _laid_out(plan, chapter, printed):
    """Return (html, problems, hints) of a chapter's text with its blocks drawn."""
    found, drawn = [], []

    def take(match):
        found.append(match[1])
        return f"\n\n{MARK}{len(found) - 1}{MARK}\n\n"

    text = blocks.BLOCK_LINE.sub(take, chapter.body.replace(MARK, ""))
    text = markdown.read(text, 3, plan.names)
    problems = list(text.problems)
    for number, words in enumerate(found, 1):
        ident = f"block-{chapter.position}-{number}"
        block, problem = _draw(plan, words, {"ident": ident, "plan": plan, "printed": printed})
        drawn.append(block)
        problems += [problem] * bool(problem)
    html = PLACE.sub(
        lambda place: drawn[int(place[1])] if place[1] else escape(f"[[{found[int(place[2])]}]]"),
        text.html,
    )
    for loose in blocks.loose_blocks(chapter.body):
        problems.append(f"{loose} visas inte. Ett block ska stå ensamt på sin rad.")
    if not chapter.body.strip():
        problems.append("Kapitlet har ingen text än.")
    return html, problems, text.hints


def _said(problem):
    return render_to_string("plans/blocks/_error.html", {"problem": problem})


def _draw(plan, words, context):
    """Return (html, problem) of a block, the problem empty when it could be drawn."""
    try:
        template, own = blocks.draw(plan, words)
    except blocks.BlockError as error:
        problem = f"[[{words}]]: {error}"
        return _said(problem), problem
    return render_to_string(template, {**context, **own}), ""
