"""Django tables of the store."""

from jemput.store.models.jobs import Backup, Job
from jemput.store.models.papers import Proposal, Setting, SettingChange
from jemput.store.models.places import Area, AreaPoint, Boundary, Settlement, SettlementChange
from jemput.store.models.reports import Report, ReportFile, SignedCopy
from jemput.store.models.users import AuditLine, User

__all__ = [
    "Area",
    "AreaPoint",
    "AuditLine",
    "Backup",
    "Boundary",
    "Job",
    "Proposal",
    "Report",
    "ReportFile",
    "Setting",
    "SettingChange",
    "Settlement",
    "SettlementChange",
    "SignedCopy",
    "User",
]
