"""Import and export of the ground: one resource a model."""

from associations import models
from associations.own_resource import OwnResource


def resource_for(model, base=OwnResource, **options):
    """Return the resource class of ``model``; ``options`` are its Meta's, as ``exclude``."""
    meta = type("Meta", (base.Meta,), {"model": model, **options})
    return type(f"{model.__name__}Resource", (base,), {"Meta": meta})


AssociationResource = resource_for(models.Association)
DocumentResource = resource_for(models.Document)
FigureResource = resource_for(models.Figure)
MembershipResource = resource_for(models.Membership)
NewsResource = resource_for(models.News)
OfficePostResource = resource_for(models.OfficePost)
OrganisationResource = resource_for(models.Organisation)
PopulationResource = resource_for(models.Population)
SeatResource = resource_for(models.Seat)
