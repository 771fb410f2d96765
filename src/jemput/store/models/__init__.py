"""Django tables of the store."""

from jemput.store.models.papers import Proposal, Setting, SettingChange

__all__ = ["Proposal", "Setting", "SettingChange"]
