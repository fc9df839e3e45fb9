"""Spreadsheets of a few cells, written as the programs write them."""

import io
import zipfile
from xml.sax.saxutils import escape

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_DOCUMENT = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_OASIS = "urn:oasis:names:tc:opendocument:xmlns"


def packed(members):
    """A zip of ``members``: name -> text."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return content.getvalue()


def xlsx(sheets):
    """An Excel file of ``sheets``: name -> rows of str or numbers."""
    return packed(xlsx_members({name: _sheet(rows) for name, rows in sheets.items()}))


def xlsx_members(sheets):
    """What is in an Excel file whose ``sheets`` are name -> rows in XML."""
    numbers = range(1, len(sheets) + 1)
    listed = "".join(
        f'<sheet name="{name}" sheetId="{n}" r:id="r{n}"/>'
        for n, name in zip(numbers, sheets, strict=True)
    )
    related = "".join(
        f'<Relationship Id="r{n}" Type="{_OFFICE}/worksheet" Target="worksheets/s{n}.xml"/>'
        for n in numbers
    )
    typed = "".join(
        f'<Override PartName="/xl/worksheets/s{n}.xml" ContentType="{_DOCUMENT}.worksheet+xml"/>'
        for n in numbers
    )
    members = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"><Override'
        f' PartName="/xl/workbook.xml" ContentType="{_DOCUMENT}.sheet.main+xml"/>{typed}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1"'
        f' Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{listed}'
        "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">{related}'
        "</Relationships>",
    }
    for n, rows in zip(numbers, sheets.values(), strict=True):
        members[f"xl/worksheets/s{n}.xml"] = (
            f'<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="{_MAIN}"><sheetData>{rows}'
            "</sheetData></worksheet>"
        )
    return members


def _sheet(rows):
    told = ""
    for number, row in enumerate(rows, 1):
        cells = ""
        for letter, value in zip("ABCDEFGH", row, strict=False):
            place = f'r="{letter}{number}"'
            if isinstance(value, str):
                cells += f'<c {place} t="inlineStr"><is><t>{escape(value)}</t></is></c>'
            else:
                cells += f"<c {place}><v>{value}</v></c>"
        told += f'<row r="{number}">{cells}</row>'
    return told


def ods(sheets):
    """A LibreOffice file of ``sheets``: name -> rows of str or numbers."""
    tables = ""
    for name, rows in sheets.items():
        told = "".join(f"<table:table-row>{_cells(row)}</table:table-row>" for row in rows)
        blank = (
            '<table:table-row table:number-rows-repeated="1048000"><table:table-cell'
            ' table:number-columns-repeated="16384"/></table:table-row>'
        )
        tables += f'<table:table table:name="{name}">{told}{blank}</table:table>'
    return ods_of(tables)


def ods_of(tables):
    """A LibreOffice file of ``tables`` in XML."""
    return packed(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": f'<office:document-content xmlns:office="{_OASIS}:office:1.0"'
            f' xmlns:table="{_OASIS}:table:1.0" xmlns:text="{_OASIS}:text:1.0"><office:body>'
            f"<office:spreadsheet>{tables}</office:spreadsheet></office:body>"
            "</office:document-content>",
        }
    )


def _cells(row):
    told = ""
    for value in row:
        if isinstance(value, str):
            lines = "".join(f"<text:p>{escape(line)}</text:p>" for line in value.split("\n"))
            told += f'<table:table-cell office:value-type="string">{lines}</table:table-cell>'
        else:
            told += (
                f'<table:table-cell office:value-type="float" office:value="{value}">'
                f"<text:p>{value}</text:p></table:table-cell>"
            )
    return told + '<table:table-cell table:number-columns-repeated="1000"/>'
