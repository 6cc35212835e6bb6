"""Registrants of address blocks that are rarely the maker of the box: chips, modules, contract work.

Basis: general knowledge of these companies' trade, and the traps of the facts (Quectel, Fibocom, HiSilicon;
Arcadyan, Sercomm, Askey, Accton, Hon Hai). Their blocks are weak evidence, never none: they also sell
devices of their own.
"""

from __future__ import annotations

from typing import Final

from clearband.identify.folding import fold_words
from clearband.identify.name_forms import without_legal_form

COMPONENT_ORGANISATIONS: Final = {
    "hisilicon": "chip maker",
    "quectel": "module maker",
    "fibocom": "module maker",
    "telit-cinterion": "module maker",
    "u-blox": "module maker",
    "sierra-wireless": "module maker",
    "semtech": "chip maker",
    "unisoc": "chip maker",
    "arcadyan": "contract maker",
    "sercomm": "contract maker",
    "askey": "contract maker",
    "accton": "contract maker",
    "supermicro": "maker of boards inside other makers' appliances",
    "advantech": "maker of boards inside other makers' appliances",
    "delta-electronics": "contract maker",
    "lantronix": "module maker",
}

_STARTS: Final = {
    "realtek": "chip maker",
    "espressif": "chip maker",
    "broadcom": "chip maker",
    "qualcomm": "chip maker",
    "atheros": "chip maker",
    "mediatek": "chip maker",
    "ralink": "chip maker",
    "marvell": "chip maker",
    "intel": "maker of network cards",
    "texas instruments": "chip maker",
    "microchip": "chip maker",
    "nxp": "chip maker",
    "freescale": "chip maker",
    "silicon laboratories": "chip maker",
    "nordic semiconductor": "chip maker",
    "infineon": "chip maker",
    "cypress": "chip maker",
    "raspberry pi": "maker of boards inside other makers' devices",
    "murata": "module maker",
    "azurewave": "module maker",
    "ampak": "module maker",
    "universal global scientific": "module maker",
    "simcom": "module maker",
    "gemalto m2m": "module maker",
    "cinterion": "module maker",
    "wiznet": "module maker",
    "qcom": "module maker",
    "lantronix": "module maker",
    "shenzhen bilian": "module maker",
    "fn link": "module maker",
    "hui zhou gaoshengda": "module maker",
    "chongqing fugui": "contract maker",
    "lite on": "contract maker",
    "liteon": "contract maker",
    "hon hai": "contract maker",
    "foxconn": "contract maker",
    "pegatron": "contract maker",
    "quanta": "contract maker",
    "wistron": "contract maker",
    "compal": "contract maker",
    "inventec": "contract maker",
    "gemtek": "contract maker",
    "cybertan": "contract maker",
    "delta electronics": "contract maker",
    "flextronics": "contract maker",
    "jabil": "contract maker",
    "celestica": "contract maker",
    "alpha networks": "contract maker",
    "mitrastar": "contract maker",
    "lanner": "maker of boards inside other makers' appliances",
    "portwell": "maker of boards inside other makers' appliances",
    "advantech": "maker of boards inside other makers' appliances",
    "ieee registration authority": "registration authority, not a maker",
    "private": "registrant not public",
}


def component_trade(org_id: str | None, registrant: str) -> str:
    """Why a registrant's block says little of the box; empty when it may well be the maker."""
    if org_id is not None:
        return COMPONENT_ORGANISATIONS.get(org_id, "")
    words = without_legal_form(fold_words(registrant))
    for length in range(1, min(len(words), 3) + 1):
        trade = _STARTS.get(" ".join(words[:length]))
        if trade:
            return trade
    return ""
