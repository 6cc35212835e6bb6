"""What a column means: said by the user, by its header, by its cells."""

from __future__ import annotations

from pathlib import Path

import pytest

from clearband.errors import InputError, UsageError
from clearband.sources import ColumnMapping, Inventory
from tests.sources.conftest import Read


def fields(inventory: Inventory) -> dict[str, str]:
    return {column.column: column.field for column in inventory.tables[0].columns}


def found(inventory: Inventory) -> dict[str, str]:
    return {column.column: column.found for column in inventory.tables[0].columns}


@pytest.mark.parametrize(
    ("header", "field"),
    [
        *[
            (text, "manufacturer")
            for text in (
                "Mfr",
                "MAKE",
                "Vendor",
                "OEM",
                "Hersteller",
                "Fabricant",
                "厂商",
                "Manufaturer",
                "equipment_vendor",
                "Производитель",
                "メーカー",
            )
        ],
        *[
            (text, "model")
            for text in ("Equip. Model", "Model #", "Model No.", "modelName", "型号", "Camera Model")
        ],
        *[(text, "macs") for text in ("MAC Addr", "mac_address", "MAC", "MACAddress", "Ethernet Address")],
        *[(text, "quantity") for text in ("Qty", "QTY.", "Anzahl", "数量", "Qty (pcs)")],
        *[(text, "site") for text in ("Site", "Bldg", "Location", "Area", "Standort")],
        *[(text, "notes") for text in ("Notes", "Comments", "Remarks", "备注", "Bemerkungen")],
        *[(text, "serial") for text in ("S/N", "Serial", "Serial number", "Seriennummer", "numéro de série")],
        *[(text, "part_number") for text in ("P/N", "Part #", "Mfr Part Number", "MPN", "SKU")],
        *[(text, "manufacturer") for text in ("Mfgr/Vendr", "Manufacturer / Vendor", "Equip. Vendor")],
        *[(text, "model") for text in ("Equip Mdl #", "Mdl. No.")],
        ("Where", "site"),
        ("Rmks", "notes"),
        ("Cost ea.", "unit_cost"),
        ("Bought?", "acquired_on"),
        ("Stat", "status"),
        ("Assigned To", "owner"),
        ("Brand", "brand"),
        ("Role", "category"),
        ("FCC ID", "fcc_id"),
        ("Country of Origin", "made_in"),
        ("Made in", "made_in"),
        ("Install Date", "installed_on"),
        ("In Betrieb seit", "installed_on"),
        ("Typ / Model No.", "model"),
        ("Standort / Site", "site"),
        ("Model / Serial", "x_Model / Serial"),
        ("Site / Region", "x_Site / Region"),
        ("Purchase date", "acquired_on"),
        ("Unit cost (USD)", "unit_cost"),
        ("sysObjectID", "sys_object_id"),
        ("sys_descr", "sys_descr"),
        *[
            (text, "sys_descr")
            for text in ("snmp sysDescr", "snmp_sysdescr", "sysDescr.0", "SNMPv2-MIB::sysDescr.0")
        ],
        ("SNMPv2-MIB::sysObjectID.0", "sys_object_id"),
        ("snmp sysObjectID", "sys_object_id"),
        ("SNMPv2-MIB::sysName.0", "sys_name"),
        ("ENTITY-MIB::entPhysicalMfgName.1", "manufacturer"),
        ("ENTITY-MIB::entPhysicalModelName.1", "model"),
        ("entPhysicalSerialNum", "serial"),
        ("ENTITY-MIB::entPhysicalMfgName.17", "x_ENTITY-MIB::entPhysicalMfgName.17"),
        ("SNMPv2-MIB::sysUpTime.0", "x_SNMPv2-MIB::sysUpTime.0"),
        *[(text, "macs") for text in ("Mgmt MAC", "Mgmt MAC Address", "Management MAC address")],
        ("Hostname", "sys_name"),
        ("IP", "x_IP"),
        ("Model Year", "x_Model Year"),
        ("S.No", "x_S.No"),
        ("Vendor contact", "x_Vendor contact"),
        ("PO #", "x_PO #"),
        ("Rack ID", "x_Rack ID"),
    ],
)
def test_headers_are_known_in_many_spellings(read: Read, header: str, field: str) -> None:
    filler = "Serial" if field != "serial" else "Model"
    text = f"Description,{filler},{header}\nswitch,1,\nswitch,1,\n"
    assert fields(read(text))[header] == field


def test_a_column_of_addresses_is_macs_whatever_it_is_called(read: Read) -> None:
    inventory = read("Model,Burnt on label\nS5720,00:11:22:33:44:55\nC300,0011.2233.4466\n")
    assert (fields(inventory)["Burnt on label"], found(inventory)["Burnt on label"]) == ("macs", "content")


def test_the_cells_decide_between_two_columns_called_after_addresses(read: Read) -> None:
    text = "Model,MAC,Port\n" + "S5720,approved,00:11:22:33:44:55\n" * 25
    inventory = read(text)
    assert fields(inventory)["Port"] == "macs"
    assert fields(inventory)["MAC"] == "x_MAC"


def test_object_identifiers_are_recognised_by_their_cells(read: Read) -> None:
    inventory = read(
        "Model,Ident\n,1.3.6.1.4.1.2011.2.23.96\n,.1.3.6.1.4.1.9.1.516\nx,SNMPv2-SMI::enterprises.3902.3\n"
    )
    assert inventory.equipment["sys_object_id"].to_list() == [
        "1.3.6.1.4.1.2011.2.23.96",
        "1.3.6.1.4.1.9.1.516",
        "1.3.6.1.4.1.3902.3",
    ]


def test_twelve_hexadecimal_digits_called_serial_stay_serial_numbers(read: Read) -> None:
    assert fields(read("Model,Serial\nS5720,210235A384AB\n"))["Serial"] == "serial"


def test_type_beside_a_model_is_the_category(read: Read) -> None:
    assert fields(read("Manufacturer,Model,Type\nZTE,F660,ONT\n"))["Type"] == "category"


def test_type_without_a_model_is_the_model(read: Read) -> None:
    assert fields(read("Brand,Type\nHytera,PD782G\n"))["Type"] == "model"


def test_type_whose_cells_are_kinds_of_thing_is_the_category_even_without_a_model(read: Read) -> None:
    assert fields(read("Vendor,Type\nZTE,router\nNokia,switch\n"))["Type"] == "category"


def test_type_stays_the_model_when_its_cells_are_names_without_digits(read: Read) -> None:
    assert fields(read("Brand,Type\nUbiquiti,PowerBeam\nUbiquiti,NanoStation\n"))["Type"] == "model"


def test_maker_and_model_in_one_column_go_to_the_model_untouched(read: Read) -> None:
    inventory = read("Make / Model,Type\nHIKVISION DS-2CD2032-I,camera\n")
    (column, _) = inventory.tables[0].columns
    assert (column.field, column.note) == ("model", "vendor and model together")
    assert inventory.equipment.select("manufacturer", "model", "category").row(0) == (
        None,
        "HIKVISION DS-2CD2032-I",
        "camera",
    )


def test_each_field_is_used_once_and_the_other_columns_are_kept(read: Read) -> None:
    inventory = read("Site,Location,Model,MAC 1,MAC,MAC\nN,Rack 1,S1,,00:11:22:33:44:55,00:11:22:33:44:66\n")
    assert fields(inventory)["Location"] == "x_Location"
    assert inventory.equipment["macs"].to_list() == [["00:11:22:33:44:55"]]
    assert inventory.equipment["x_MAC"].to_list() == ["00:11:22:33:44:66"]


def test_the_user_says_what_a_column_means(read: Read) -> None:
    mapping = ColumnMapping.from_options(["Who=manufacturer", "secret = ignore", "a=b=notes"])
    inventory = read("who,Model,Secret,a=b\nZTE,C300,hush,fine\n", mapping=mapping)
    assert found(inventory) == {"who": "given", "Model": "header", "Secret": "ignored", "a=b": "given"}
    assert inventory.equipment["notes"].to_list() == ["fine"]
    assert "x_Secret" not in inventory.equipment.columns


def test_a_given_column_takes_the_field_from_a_better_named_one(read: Read) -> None:
    inventory = read(
        "Manufacturer,Made by whom,Model\nreseller,ZTE,C300\n",
        mapping=ColumnMapping({"Made by whom": "manufacturer"}),
    )
    assert inventory.equipment["manufacturer"].to_list() == ["ZTE"]
    assert inventory.equipment["x_Manufacturer"].to_list() == ["reseller"]


def test_a_mapping_file_is_yaml_with_text_scalars(read: Read, tmp_path: Path) -> None:
    path = tmp_path / "mapping.yaml"
    path.write_text("columns:\n  NO: serial\n  Kind: vendor_model\n", encoding="utf-8")
    mapping = ColumnMapping.from_file(path).with_options(["Kind=model"])
    assert dict(mapping.fields) == {"NO": "serial", "Kind": "model"}


def test_an_unknown_field_is_refused_with_the_nearest_known_one() -> None:
    with pytest.raises(UsageError, match=r'"manufacturor" is not a field .* did you mean manufacturer'):
        ColumnMapping.from_options(["Mfr=manufacturor"])


@pytest.mark.parametrize("option", ["Mfr", "=model", "Mfr="])
def test_a_mapping_of_another_form_is_refused(option: str) -> None:
    with pytest.raises(UsageError, match="not of the form COLUMN=FIELD"):
        ColumnMapping.from_options([option])


def test_a_mapped_column_that_is_nowhere_is_refused_with_the_columns_present(read: Read) -> None:
    with pytest.raises(UsageError, match='no table has a column "Mfg"; columns present: Model, Vendor'):
        read("Model,Vendor\nC300,ZTE\n", mapping=ColumnMapping.from_options(["Mfg=manufacturer"]))


def test_a_table_that_is_not_of_equipment_is_refused_with_its_headers(read: Read) -> None:
    with pytest.raises(InputError, match=r'headers seen: "Colour", "Weight".*--map'):
        read("Colour,Weight\nred,3\nblue,4\n")


def test_in_service_over_dates_is_when_and_over_words_is_whether(read: Read) -> None:
    dates = read("Asset,Model,In Service\nA1,S5720,2019-03-04\nA2,C300,2020-01-31\n")
    words = read("Asset,Model,In Service\nA1,S5720,yes\nA2,C300,no\n")
    assert (fields(dates)["In Service"], fields(words)["In Service"]) == ("installed_on", "status")


def test_a_mapping_file_may_speak_of_tables_that_are_not_there(read: Read, tmp_path: Path) -> None:
    path = tmp_path / "columns.yaml"
    path.write_text("columns: {Where: site, Standort: site, Baugruppe: vendor_model}\n")
    inventory = read("Model,Standort\nC300,Nord\n", mapping=ColumnMapping.from_file(path))
    assert fields(inventory)["Standort"] == "site"


def test_two_columns_of_one_table_for_one_field_are_refused(read: Read) -> None:
    mapping = ColumnMapping.from_options(["Where=site", "Room=site"])
    with pytest.raises(UsageError, match='"Where" and "Room" of one table are both mapped to site'):
        read("Model,Where,Room\nC300,North,2\n", mapping=mapping)


def test_a_plain_word_for_a_field_names_the_field(read: Read) -> None:
    with pytest.raises(UsageError, match="did you mean manufacturer"):
        ColumnMapping.from_options(["Who built it=maker"])


def test_of_a_column_country_it_is_said_how_it_was_taken(read: Read) -> None:
    said = (
        'column "Country" is taken for where the equipment stands; if it says where it was produced, '
        'add --map "Country=made_in"'
    )
    taken = read("Make,Model,Country\nCisco,ISR4331,LV\n")
    assert fields(taken)["Country"] == "region"
    assert any(said in warning for warning in taken.warnings)
    told = read("Make,Model,Country,Made in\nCisco,ISR4331,LV,VN\n")
    assert not any("Country" in warning for warning in told.warnings)
