"""Django tables of the store."""

from jemput.store.models.jobs import Backup, Job
from jemput.store.models.outreach import Contact, Letter, PaperChange, VillageCard, Visit, VisitPerson, VisitVillage
from jemput.store.models.papers import PaperImport, Proposal, Setting, SettingChange
from jemput.store.models.places import Area, AreaPoint, Boundary, Settlement, SettlementChange, SettlementMerge
from jemput.store.models.reports import Report, ReportFile, SignedCopy
from jemput.store.models.talks import Conversation, Exchange, Message, PersonWord, VillageForm, VillageLink
from jemput.store.models.users import AuditLine, User

__all__ = [
    "Area",
    "AreaPoint",
    "AuditLine",
    "Backup",
    "Boundary",
    "Contact",
    "Conversation",
    "Exchange",
    "Job",
    "Letter",
    "Message",
    "PaperChange",
    "PaperImport",
    "PersonWord",
    "Proposal",
    "Report",
    "ReportFile",
    "Setting",
    "SettingChange",
    "Settlement",
    "SettlementChange",
    "SettlementMerge",
    "SignedCopy",
    "User",
    "VillageCard",
    "VillageForm",
    "VillageLink",
    "Visit",
    "VisitPerson",
    "VisitVillage",
]
