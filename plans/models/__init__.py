"""Plans and reports: their chapters, the way to adoption, and the file that is sealed with it."""

from plans.models.chapter import Chapter
from plans.models.plan import Plan
from plans.models.sealed import SealedFile
from plans.models.starting_chapters import StartingChapter

__all__ = ["Chapter", "Plan", "SealedFile", "StartingChapter"]
