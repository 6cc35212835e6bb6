"""Registrants of address blocks that are rarely the maker of the box: chips, modules, boards, contract work.

Basis: general knowledge of these companies' trade, and the traps of the facts (Quectel, Fibocom, HiSilicon;
Arcadyan, Sercomm, Askey, Accton, Hon Hai). Their blocks are weak evidence, never none: they also sell
devices of their own.
"""

from __future__ import annotations

from typing import Final

from clearband.identify.folding import fold_words
from clearband.identify.name_forms import without_legal_form

CHIP: Final = "chip maker"
MODULE: Final = "module maker"
CARD: Final = "maker of network cards"
BOARD: Final = "maker of boards inside other makers' devices"
APPLIANCE: Final = "maker of boards inside other makers' appliances"
CONTRACT: Final = "contract maker"

COMPONENT_ORGANISATIONS: Final = {
    "hisilicon": CHIP,
    "quectel": MODULE,
    "fibocom": MODULE,
    "telit-cinterion": MODULE,
    "u-blox": MODULE,
    "sierra-wireless": MODULE,
    "semtech": CHIP,
    "unisoc": CHIP,
    "nvidia-mellanox": CARD,
    "arcadyan": CONTRACT,
    "sercomm": CONTRACT,
    "askey": CONTRACT,
    "accton": CONTRACT,
    "supermicro": APPLIANCE,
    "advantech": APPLIANCE,
    "delta-electronics": CONTRACT,
    "lantronix": MODULE,
    "silex": MODULE,
    "hms": MODULE,
    "tuya": MODULE,
    "emulex": CARD,
    "qlogic": CARD,
    "chelsio": CARD,
    "solarflare": CARD,
    "kontron": APPLIANCE,
    "radisys": APPLIANCE,
    "pc-engines": APPLIANCE,
}
"""Organisations of the register, by id."""

_TRADES: Final = {
    CHIP: """
        actions semiconductor; allwinner; altair semiconductor; altera; amlogic; analog devices;
        asix electronics; atheros; beken; bouffalo lab; broadcom; cavium; conexant; cypress
        semiconductor; davicom; dialog semiconductor; espressif; freescale; fuzhou rockchip; gct
        semiconductor; globespan; ikanos; infineon; ingenic; jmicron; lattice semiconductor;
        marvell; mediatek; microchip; nordic semiconductor; novatek microelectronics; nxp; octasic;
        qualcomm; realtek; renesas; sequans; sigmastar; silicon laboratories; standard microsystems;
        stmicroelectronics; telink semiconductor; texas instruments; via technologies; vitesse
        semiconductor; winbond; xiamen sigmastar; xilinx
    """,
    MODULE: """
        ampak; azurewave; cavli; fn link; gemalto m2m; gosuncn; hui zhou gaoshengda; jinan usr iot;
        lg innotek; lierda; longsung; murata manufacturing; qcom; rolling wireless; samsung electro
        mechanics; shanghai high flying; shenzhen ai thinker; shenzhen bilian; shenzhen hi link;
        sichuan ai link; simcom; sparklan; tibbo; unex technology; universal global scientific;
        wiznet
    """,
    CARD: """
        chelsio; emulex; intel; napatech; qlogic; silicom; solarflare; syskonnect
    """,
    BOARD: """
        asrock; biostar; boundary devices; compulab; congatec; elitegroup; embedded artists;
        emtrion; eukrea; gateworks; giga byte technology; ka ro electronics; kontron; lanbit; micro
        star; myir; olimex; pc engines; phytec; raspberry pi; solidrun; toradex; tq components;
        variscite
    """,
    APPLIANCE: """
        aaeon; adlink; advantech; american megatrends; caswell; dfi; ibase technology; iei
        integration; jetway; lanner; lex computech; nexcom; portwell
    """,
    CONTRACT: """
        abocom; alpha networks; ambit microsystems; benchmark electronics; cal comp; cameo
        communications; celestica; chongqing fugui; compal; cybertan; delta networks; flextronics;
        foxconn; gemtek; hon hai; inventec; jabil; kinpo; lite on; liteon; mitrastar; pegatron;
        quanta computer; quanta microsystems; quanta network systems; quanta storage; sanmina;
        shenzhen gongjin; tecom; wistron; z com; zinwell
    """,
    "registration authority, not a maker": "ieee registration authority",
    "registrant not public": "private",
}
STARTS: Final = {
    " ".join(name.split()): trade for trade, names in _TRADES.items() for name in names.split(";")
}
"""What a registrant's name begins with, in folded words."""
_LONGEST: Final = max(name.count(" ") + 1 for name in STARTS)


def component_trade(org_id: str | None, registrant: str) -> str:
    """Why a registrant's block says little of the box; empty when it may well be the maker."""
    if org_id in COMPONENT_ORGANISATIONS:
        return COMPONENT_ORGANISATIONS[org_id]
    words = without_legal_form(fold_words(registrant))
    for length in range(1, min(len(words), _LONGEST) + 1):
        trade = STARTS.get(" ".join(words[:length]))
        if trade:
            return trade
    return ""
