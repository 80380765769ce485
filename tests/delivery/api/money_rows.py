"""The operations of a project's money and tables in the matrix of roles."""

from django.core.files.uploadedfile import SimpleUploadedFile
from tests import cast, samples

from yipanqi.domain.projects.services import money
from yipanqi.vocab import clock

# Who sees park A's internal project and verifies; who edits it.
VERIFIES, EDITS = frozenset({"dispatcher", "arbiter"}), frozenset({"clerk_a", "dispatcher"})


def sent(**body):
    return {"data": body, "content_type": "application/json"}


def paper():
    told = {"kind": "invoice", "paid_on": clock.today().isoformat(), "amount": "100"}
    return {"data": told | {"file": SimpleUploadedFile("发票.pdf", samples.PDF + b"v")}}


def voucher(project, salt):
    slip = samples.pdf(salt=salt.encode())
    paid = money.Paid("bank_slip", clock.today(), 500)
    return money.record(project, paid, slip, by=cast.clerk_a()).public_id


def rows(row, sees):
    """Each operation as `row`, on a project of park A in talks."""
    project = cast.project("戊泵站")
    first, second, third = (voucher(project, salt) for salt in "123")
    project.refresh_from_db()
    there, because = f"projects/{project.public_id}", sent(because="抬头不符")
    years = sent(version=project.version, years=[{"year": 2018, "amount_fen": 100}])
    return {
        "money.vouchers": row(sees, f"{there}/vouchers", sees=sees),
        "money.record": row(EDITS, f"{there}/vouchers", paper(), sees=sees),
        "money.verify": row(VERIFIES, f"vouchers/{first}/verification", sees=sees),
        "money.send_back": row(VERIFIES, f"vouchers/{second}/return", because, sees=sees),
        "money.withdraw": row(EDITS, f"vouchers/{third}/withdraw", because, sees=sees),
        "money.rows": row(sees, f"{there}/tables", sees=sees),
        "money.rewrite": row(EDITS, f"{there}/tables", years, sees=sees),
    }
