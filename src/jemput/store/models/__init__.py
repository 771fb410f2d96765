"""Django tables of the store."""

from jemput.store.models.papers import Proposal, Setting, SettingChange
from jemput.store.models.places import Area, Boundary, Settlement, SettlementChange

__all__ = ["Area", "Boundary", "Proposal", "Setting", "SettingChange", "Settlement", "SettlementChange"]
