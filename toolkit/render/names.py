"""The names a template may use, the same in every format."""

from toolkit.view.model import Names, View


def context(view: View) -> dict[str, object]:
    """Return the names that templates print, by name.

    ====================  ==========================================================
    ``title``             the whole title, on one line
    ``year``              four digits; counts as a number, as cells do
    ``organization``      ``.name``, ``.region`` and what else the data file tells
    ``issued``            the date of signature as it is printed, or ``""``
    ``signature``         the office that signs, or ``""``
    ``opening``           paragraphs before section one: ``.text``, ``.level``
    ``sections``          the six: ``.id``, ``.heading``, ``.paragraphs``, ``.tables``
    ``table``             table id → whole official table: ``{{p table.applications }}``
    ``contact``           ``.office``, ``.address``, ``.postal_code``, ``.telephone``,
                          ``.fax``, ``.email``, ``.website``; ``""`` where not told
    ``extra``             what the plugin's own function added
    ``form``              id of the form: ``"national-2021"``
    ``values``            printed text of the form's own fields and cells, by their ids
    each key of `values`  the same without ``values.`` before it:
                          ``{{ applications.new.natural_person }}``
    ====================  ==========================================================

    A form id never hides one of the names above; it is then reached through ``values``.
    """
    names: dict[str, object] = dict(view.values)
    names.update(
        title=view.title,
        year=view.year,
        organization=view.organization,
        issued=view.issued,
        signature=view.signature,
        opening=view.opening,
        sections=view.sections,
        table=Names(view.tables),
        contact=view.contact,
        extra=view.extra,
        form=view.form,
        values=view.values,
    )
    return names
