"""Django tables of the store."""

from jemput.store.models.papers import Proposal, Setting, SettingChange
from jemput.store.models.places import Area, AreaPoint, Boundary, Settlement, SettlementChange

__all__ = ["Area", "AreaPoint", "Boundary", "Proposal", "Setting", "SettingChange", "Settlement", "SettlementChange"]
