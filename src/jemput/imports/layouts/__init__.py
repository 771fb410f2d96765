"""Every layout there is, by name; where two fit a header equally well the earlier one is taken."""

from __future__ import annotations

from jemput.imports.layout import Layout
from jemput.imports.layouts.bip import BIP_2012, BIP_2016, BIP_KTPEL
from jemput.imports.layouts.office import DKB, EVENTS, KONSOLIDASI, OFFICE
from jemput.imports.layouts.opensid import OPENSID
from jemput.imports.layouts.siak import SIAK

LAYOUTS: dict[str, Layout] = {
    layout.name: layout for layout in (OFFICE, EVENTS, KONSOLIDASI, DKB, BIP_KTPEL, SIAK, OPENSID, BIP_2012, BIP_2016)
}
