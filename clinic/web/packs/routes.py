"""Loading the practice's own questionnaires, looking at them, and withdrawing them."""

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from clinic.services import packs
from clinic.web.database import get_db
from clinic.web.packs.forms import LoadForm
from clinic.web.packs.preview import preview
from clinic.web.pages import show as show_page

bp = Blueprint("packs", __name__, url_prefix="/questionnaires")


@bp.get("")
def list_loaded() -> ResponseReturnValue:
    """Show what the practice has loaded; what was withdrawn stands apart."""
    rows = packs.list_packs(get_db())
    return show_page(
        "packs/list_loaded.html",
        loaded=[row for row in rows if row.withdrawn_at is None],
        withdrawn=[row for row in rows if row.withdrawn_at is not None],
    )


@bp.route("/load", methods=["GET", "POST"])
def load() -> ResponseReturnValue:
    """Load a questionnaire from a file, or say by name what in it cannot be asked."""
    form = LoadForm()
    if form.accepted():
        with form.refusals():
            row = packs.load_pack(get_db(), form.chosen())
            flash("Loaded. It can now be chosen for a case.")
            return redirect(url_for(".show", pack_ref=row.public_id))
    return show_page("packs/load.html", form)


@bp.get("/<ref:pack_ref>")
def show(pack_ref: str) -> ResponseReturnValue:
    """Show every page and question as a partner will see them, and what each answer counts."""
    row = packs.find_pack(get_db(), pack_ref)
    addition = packs.addition_of(row)
    return show_page(
        "packs/show.html",
        pack=row,
        form_title=addition.questionnaire.title,
        terms=addition.questionnaire.licence,
        source=addition.questionnaire.source,
        previewed=preview(addition),
    )


@bp.post("/<ref:pack_ref>/withdraw")
def withdraw(pack_ref: str) -> ResponseReturnValue:
    """Let it be chosen no more."""
    packs.withdraw_pack(get_db(), pack_ref)
    flash("Withdrawn. Cases that use it keep it.")
    return redirect(url_for(".list_loaded"))
