"""What is checked beyond the national rules. A rule says where its demand comes from."""

from collections.abc import Iterable

from toolkit import Context, Miss, Severity, Source, rule, text


@rule(
    "HA101",
    Severity.NOTE,
    source=Source("advice"),
    bad="contact: {office: 办公室}",
    good='contact: {office: 办公室, telephone: "0000-00000000"}',
)
def telephone_given(context: Context) -> Iterable[Miss]:
    """联系方式宜有电话。

    公众对报告有疑问时，可以打电话询问。这是建议，不是规定。
    """
    if not context.report.contact.get("telephone"):
        yield Miss(
            ("contact",),
            text("联系方式没有写电话。"),
            text("在 contact 下补写 telephone。"),
        )


RULES = (telephone_given,)
