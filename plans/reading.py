"""A plan made ready to be read: each chapter's Markdown as html with its blocks drawn.

The same chapters go to the public page, to the staff's page and, in the roof, to the PDF.
"""

import re
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.safestring import mark_safe

from plans import blocks, limits
from plans.blocks import aims, budget, money, people, report

KINDS = (budget, money, people, aims, report)  # imported, each of them registers its blocks
NO_BREAK = "\N{NO-BREAK SPACE}"
# A private character that no keyboard writes stands for a block while Markdown is read.
MARK = "\ue000"
PLACE = re.compile(f"<p>{MARK}(\\d+){MARK}</p>|{MARK}(\\d+){MARK}")
DIGIT_GAP = re.compile(r"(?<=\d)[ \N{NARROW NO-BREAK SPACE}\N{THIN SPACE}](?=\d{3}(?!\d))")
UNIT_GAP = re.compile(r"(?<=\d) (?=(?:kr|kronor|mnkr|tkr|miljon(?:er)?|procent|§|år)\b|%|§)")
HEADING = re.compile(r"<(/?)h([2-6])(?=[ >])")
SIGN_GAP = re.compile(r"(?<=§) (?=\d)")


@dataclass(frozen=True)
class ReadChapter:
    """A chapter ready to be printed. ``problems`` are Swedish sentences, empty when all is well."""

    pk: int
    number: int
    anchor: str
    title: str
    html: str
    problems: tuple[str, ...]


def hold_amounts(text):
    """Return ``text`` with no-break spaces inside amounts and between a figure and its unit."""
    for gap in (DIGIT_GAP, UNIT_GAP, SIGN_GAP):
        text = gap.sub(NO_BREAK, text)
    return text


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
    problems = limits.too_much(chapter.body)
    if problems:
        html = _said(" ".join(problems))
    else:
        html, problems = _laid_out(plan, chapter, printed)
    name = f"Kapitel {chapter.position}, {chapter.title}"
    return ReadChapter(
        pk=chapter.pk,
        number=chapter.position,
        anchor=f"kapitel-{chapter.position}",
        title=chapter.title,
        html=mark_safe(nest_headings(html)),  # clean Markdown, and blocks from our own templates
        problems=tuple(f"{name}: {problem}" for problem in problems),
    )


def _laid_out(plan, chapter, printed):
    """Return (html, problems) of a chapter's text with its blocks drawn."""
    found, drawn, problems = [], [], []

    def take(match):
        found.append(match[1])
        return f"\n\n{MARK}{len(found) - 1}{MARK}\n\n"

    text = blocks.BLOCK_LINE.sub(take, chapter.body.replace(MARK, ""))
    html = render_to_string("plans/_text.html", {"text": hold_amounts(text)})
    for number, words in enumerate(found, 1):
        ident = f"block-{chapter.position}-{number}"
        block, problem = _draw(plan, words, {"ident": ident, "plan": plan, "printed": printed})
        drawn.append(block)
        problems += [problem] * bool(problem)
    html = PLACE.sub(
        lambda place: drawn[int(place[1])] if place[1] else escape(f"[[{found[int(place[2])]}]]"),
        html,
    )
    for loose in blocks.loose_blocks(chapter.body):
        problems.append(f"{loose} visas inte. Ett block ska stå ensamt på sin rad.")
    if not chapter.body.strip():
        problems.append("Kapitlet har ingen text än.")
    return html, problems


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
