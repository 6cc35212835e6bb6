"""Words of names that do not tell one organisation from another: legal forms, trades, places, placeholders.

Our own tables: no free library covers Chinese and Cyrillic forms (measured; see docs/adr/0004-evidence.md).
All words are folded as `clearband.identify.folding.fold_words` does.
"""

from __future__ import annotations

from typing import Final


def _words(table: str) -> frozenset[str]:
    return frozenset(table.split())


LEGAL_FORMS: Final = _words(
    """
    co cos company corp corporation cooperatief coop inc incorporated ltd limited llc llp lllp lp plc pllc
    gmbh mbh ag kg kgaa ug se ev sa sas sasu sarl sau saic srl sl slu spa scpa snc sc sca sab cv bv nv cvba
    bvba ab as asa aps oy oyj ry hf ehf ou uab sia tuab zrt kft nyrt bt doo dd ad ead eood ood sro spol
    spzoo zoo kk gk yk kabushiki kaisha godo pte pty pvt private ltda cia me epp eireli jsc ojsc cjsc pjsc
    ooo oao zao ao pao tov too tbk pt cv sdn bhd berhad psc fze fzco fzllc wll saog qsc saoc eurl gie ste
    societe anonyme aktiengesellschaft gesellschaft sociedad anonima limitada aktiebolag osakeyhtio the
    ооо ао оао зао пао тов чп ип тоо ооо
    """
)
"""Legal forms as single words. ``as`` and ``co`` count only at an end of the name."""

CHINESE_ENDINGS: Final = (
    "股份有限公司",
    "股份有限公司",
    "集团有限公司",
    "集團有限公司",
    "有限责任公司",
    "有限責任公司",
    "有限公司",
    "株式会社",
    "주식회사",
    "총판",
    "分公司",
    "子公司",
    "公司",
    "股份",
    "集团",
    "集團",
)
"""Legal endings of Chinese, Japanese and Korean names, longest first."""

CHINESE_TRADES: Final = (
    "数字技术",
    "數字技術",
    "通信技术",
    "通讯设备",
    "通信设备",
    "网络技术",
    "科技",
    "技术",
    "技術",
    "通讯",
    "通訊",
    "通信",
    "电子",
    "電子",
    "网络",
    "網絡",
    "终端",
    "设备",
    "安防",
    "牌",
)
"""Trade words at the end of Chinese names, longest first."""

CHINESE_PLACES: Final = (
    "深圳市",
    "深圳",
    "杭州市",
    "杭州",
    "浙江省",
    "浙江",
    "广东省",
    "广东",
    "北京市",
    "北京",
    "上海市",
    "上海",
    "武汉",
    "南京",
    "中国",
    "成都",
)
"""Places at the start of Chinese names, longest first."""

TRADES: Final = _words(
    """
    technology technologies technical tech techn technics technik tecnologia communication communications comm
    comms communicaton system systems network networks networking electronic electronics electric digital
    telecom telecoms telecommunication telecommunications telekom group groups holding holdings enterprise
    enterprises industries industry industrial international intl global worldwide solutions solution products
    product equipment manufacturing mfg security software hardware wireless device devices terminal service
    services business division brand computer computers and of
    """
)
"""Words that say what a company does; dropped from the ends of a name before it is compared."""

PLACES: Final = _words(
    """
    usa us america americas american north south uk england britain europe european eu germany deutschland
    france italia italy espana spain china chinese prc hk hongkong hong kong taiwan japan korea india brasil
    brazil mexico canada australia asia pacific apac emea russia rus rossiya polska poland nederland sweden
    sverige oy latam africa zhejiang hangzhou shenzhen shanghai beijing guangdong guangzhou wuhan chengdu
    nanjing dongguan do de
    """
)
"""Places that companies put before or after their name."""

PLACEHOLDERS: Final = _words(
    """
    na nan none null nil unknown unkown unk unnamed unspecified undefined undetermined undisclosed unbranded
    unlabelled unlabeled generic imported import importado oem odm whitebox white-box tbd tba tbc misc
    miscellaneous various varies mixed multiple several other others noname nobrand default defaultstring
    empty blank missing notavailable notapplicable notspecified notknown notset noinfo nodata nomanufacturer
    novendor nomake noinformation tobefilledbyoem systemmanufacturer manufacturer vendor brand maker make
    model test sample dummy xxx xx x 0 1 00 000 asdf see notes seenotes seenote seecomments seelabel
    illegible unreadable unclear private any all unbekannt divers diverse sonstige inconnu desconocido
    sinmarca ninguno varios generico genérico okänd 未知 不明 不详 无 無 其他 通用 进口 进口设备
    неизвестно неизвестен нет
    другое прочее
    ka kangabe keineangabe keineangaben ohneangabe ohneangaben oa ohne nn nichtbekannt nichtvorhanden
    nichtlesbar unleserlich herstellerunbekannt unbekannterhersteller keinhersteller ohnehersteller so
    sieheoben siehelabel siehetypenschild dito ditto idem seeabove asabove sameasabove same
    notlabelled notlabeled notmarked notvisible notlegible notreadable notstated notgiven notprovided
    notrecorded notcaptured notfound nolabel nomarking nomarkings nobranding labelmissing labelunreadable
    labelillegible missinglabel nameless novisible nonevisible unmarked unreadablelabel makerunknown
    unknownmaker unknownmake tobedetermined tobeconfirmed tobeadvised pending nk
    nd ndisponible nodisponible sinmarca sinnombre sinetiqueta sindatos sininformacion noindicado
    noespecificado noaplica nodefinido desconocida sm sd sn
    sansmarque sansnom sansobjet sansetiquette nonrenseigne nonrenseignee nonprecise nonspecifie
    nonidentifie nonidentifiee nonconnu nc inconnue illisible divers diverses
    semmarca semnome semetiqueta naoinformado naoaplicavel naoidentificado desconhecido desconhecida
    senzamarca nondisponibile nonspecificato sconosciuto sconosciuta ignoto varie vari
    geenmerk geenmerknaam onbekend onbekende nvt diversen brakdanych nieznany bezmarki brak neuvedeno
    neznamy bezznacky ukjent okand ukendt tuntematon nincsadat ismeretlen bilinmiyor
    不适用 不明确 未标注 未标明 无标识 无品牌 无标签 無標籤 未提供 同上 неуказано неопределено безмарки
    """
)
"""Stated makers that state nothing, spaceless and folded ("k.A." is ``ka``)."""

COMMENTS: Final = _words(
    """
    now currently today since jetzt nun heute maintenant ahora made manufactured mfg mfr built produced by
    refurb refurbished reconditioned used genuine original brand eol eos rebadged rebranded relabelled
    relabeled
    """
)
"""Words beside a stated maker that make no other company of it: "made by ZTE", "refurb Huawei"."""

EQUIPMENT_WORDS: Final = _words(
    """
    switch router camera cam ipcam ip dome bullet ptz turret fixed server storage firewall gateway modem ont
    onu olt radio antenna repeater module sfp qsfp optic optical transceiver nvr dvr ups pdu battery rectifier
    access point ap wifi wireless lan wlan controller base station baseband unit phone handset tablet laptop
    printer rack cabinet cable patch panel fan tray psu power supply card board chassis shelf port managed
    unmanaged ethernet gigabit poe network outdoor indoor mini micro pro series model type version new old
    spare unit device box appliance kvm console lte 4g 5g gpon epon portable mobile tower wall mount kit
    license the a part no number black white catalyst nexus poweredge proliant powerconnect thunder bigip
    big viptela unifi edgerouter edgeswitch fortigate fortiswitch fortiap optiplex latitude thinksystem
    primergy firebox diskstation smartups smart back symmetra aironet superserver
    cloud enclosure adapter frame system
    """
)
"""Words for things and well-known product lines: in front of a model number they name no maker."""

ORDINARY: Final = _words(
    """
    honor extreme axis mist canopy ascend blade deco digi parrot mimosa aruba juniper ribbon spectra cyan axon
    dawning panda apx icom tait kirin omada skyworth tapo kasa nova atom aurora start nec pelco canon arris
    thomson cec hik hyt hw fhn ciena comnet amphenol 荣耀 浪潮 小米 博达 展锐 oneaccess boe deco yitu redline
    nsn apc rad perle avaya abb coherent datacom apple corning f5 sprint orange claro o2 three bt ee tim vivo
    smic cetc ztt htgd dcn gci qtech adva mrv sinclair radwin moxa autel tianyi transmode unv simoco
    powertrunk
    sharp brother oracle sun google intel broadcom nest unify develop oce sato citizen patton lava
    symphony onda vernee neat blink wolf gree emerson stratus bull quantum overland promise nimble
    buffalo pioneer controlsolutions networktechnologies sourcetechnologies alphatechnologies
    blackbox bestpower datageneral centraldata openmesh redlion chloride minuteman turin exalt
    plaintree cascade vernier meru marconi livingston shiva madge hughes sailor trapeze harmonic
    parks planet tenable fidelis allot arbor suprema generalmobile shelly peloton anker pilz echelon
    sauter igel troy tally symbol riso commend dec rim blu emc ami cpi snr pbn tsc smc ict apt sel
    efi msi delta bosch schneider rockwell poly poco redmi mge matrix genie palm oring adder
    voltaire sycamore evertz amped topcom a10 paloalto walton reeder carel valve ring sick pace nag
    carrier alpha billion boca datum essential nothing fly gigabyte workforce garland galleon minim
    algo appear stallion vega peerless atop umi versa verso kindle christie kramer lanier savin
    legrand harman gira geist tenda telos apex salto cumulus plume tesla
    """
)
"""Names that are also ordinary words or short abbreviations: a stated maker may be called so, but such a word
inside running text is no sign of one."""

PRODUCT_KINDS: Final = frozenset({"product-brand", "product-line", "software", "service"})
"""Alias kinds that name a line of products, not the company."""

WORTH_TELLING: Final = frozenset({"covered", "affiliate", "listed", "divested", "watch", "white-label-brand"})
"""Groups of organisations that a reader must not miss where a text names them."""
