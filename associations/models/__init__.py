"""The ground: associations, organisations, people and seats, documents, news, who may do what."""

from associations.models.association import Association, Membership, OfficePost, Seat
from associations.models.content import Document, Figure, News, Page, Portal
from associations.models.organisation import Organisation, Population
from associations.models.user import Access, User
from associations.models.words import Term

__all__ = [
    "Access",
    "Association",
    "Document",
    "Figure",
    "Membership",
    "News",
    "OfficePost",
    "Organisation",
    "Page",
    "Population",
    "Portal",
    "Seat",
    "Term",
    "User",
]
